// Sending returns: files can be dropped, progress comes by itself, texts can be copied. Every page works without it.

const SECONDS_BETWEEN = 1;

function poll(region) {
  const ask = async () => {
    try {
      const answer = await fetch(region.dataset.poll, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
      if (fresh?.dataset.state !== "working") {
        window.location.reload();
        return;
      }
      // Only what changed is written, so that a screen reader does not say the same again and again.
      if (region.innerHTML !== fresh.innerHTML) region.innerHTML = fresh.innerHTML;
    } catch {
      // The site may be away for a moment: ask again.
    }
    setTimeout(ask, SECONDS_BETWEEN * 1000);
  };
  setTimeout(ask, SECONDS_BETWEEN * 1000);
}

function dropArea(area) {
  const input = area.querySelector("input[type=file]");
  const list = area.querySelector("[data-chosen]");
  const show = () => {
    list.replaceChildren(
      ...[...input.files].map((file) => {
        const line = document.createElement("li");
        line.textContent = `${file.name} (${Math.max(1, Math.round(file.size / 1024)).toLocaleString("en-GB")} kB)`;
        return line;
      }),
    );
  };
  area.classList.add("rw-drop--live");
  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.add("rw-drop--over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    area.addEventListener(kind, () => area.classList.remove("rw-drop--over"));
  }
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    const together = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) together.items.add(file);
    input.files = together.files;
    show();
  });
}

function copyButton(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    const told = document.getElementById(button.dataset.told);
    try {
      await navigator.clipboard.writeText(text.value);
      told.textContent = "Copied.";
    } catch {
      text.select();
      told.textContent = "The text is marked: press Ctrl and C to copy it.";
    }
  });
}

for (const region of document.querySelectorAll("[data-poll]")) poll(region);
for (const area of document.querySelectorAll("[data-drop]")) dropArea(area);
for (const button of document.querySelectorAll("[data-copy]")) copyButton(button);
