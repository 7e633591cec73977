// Makes charts interactive.
//
// A page places <figure class="rw-chart" data-chart="address of a Vega-Lite specification"> with a static <img> in it.
// The image stays whenever anything fails, in print, and without JavaScript: it is the chart, this file only adds to it.
// The content security policy forbids eval and style elements, hence the expression interpreter, no default styles,
// and a tooltip styled by our own sheet.

import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

const BRITISH_DATES = {
  dateTime: "%A %-d %B %Y, %X",
  date: "%d/%m/%Y",
  time: "%H:%M:%S",
  periods: ["am", "pm"],
  days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  shortDays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  months: [
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
  ],
  shortMonths: ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"],
};

const OPTIONS = {
  mode: "vega-lite",
  ast: true,
  expr: expressionInterpreter,
  actions: false,
  renderer: "svg",
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true, theme: "ropewalk" },
  timeFormatLocale: BRITISH_DATES,
};

// Letters as large as the small text of the page, and its font; a specification may say otherwise.
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";
const LETTERS = {
  aria: false,
  font: FONT,
  axis: { labelFontSize: 13, titleFontSize: 13, labelOverlap: "greedy" },
  legend: { labelFontSize: 13, titleFontSize: 13, labelLimit: 240 },
  header: { labelFontSize: 13, titleFontSize: 13 },
  text: { fontSize: 13 },
};

function lettered(config = {}) {
  const whole = { ...LETTERS, ...config };
  for (const part of ["axis", "legend", "header", "text"]) whole[part] = { ...LETTERS[part], ...config[part] };
  return whole;
}

// One chart, or layers over one pair of axes, can be as wide as the page allows. Charts set side by side keep the
// width their author gave them, and scroll within their figure on a narrow screen.
function isSingleView(spec) {
  return ("mark" in spec || "layer" in spec) && !spec.encoding?.facet && !spec.encoding?.row && !spec.encoding?.column;
}

// The line above a chart that explains its marks is not broken by Vega: on a phone it would push the drawing away.
function broken(title, width) {
  const letters = Math.max(20, Math.floor(width / 7));
  const lines = [];
  for (const given of [title.text].flat()) {
    let line = "";
    for (const word of given.split(" ")) {
      if (line && line.length + 1 + word.length > letters) {
        lines.push(line);
        line = "";
      }
      line = line ? `${line} ${word}` : word;
    }
    lines.push(line);
  }
  return { ...title, text: lines };
}

function fitted(spec, width) {
  if (!isSingleView(spec)) return spec;
  const title = spec.title?.text ? { title: broken(spec.title, width) } : {};
  return { ...spec, ...title, width: "container", autosize: { type: "fit-x", contains: "padding", resize: true } };
}

function describe(graphic, image) {
  // The words of the image stand for the whole graphic: its marks are not read out one by one, and none takes the
  // keyboard focus, because the table beside the chart holds every value.
  graphic.setAttribute("role", "img");
  graphic.removeAttribute("aria-roledescription");
  graphic.setAttribute("aria-label", image.alt);
  for (const part of graphic.querySelectorAll("[tabindex], [role], [aria-label], [aria-roledescription]")) {
    for (const name of ["tabindex", "role", "aria-label", "aria-roledescription"]) part.removeAttribute(name);
  }
  for (const svg of graphic.querySelectorAll("svg")) {
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
  }
}

async function draw(figure, image) {
  const answer = await fetch(figure.dataset.chart, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The chart at ${figure.dataset.chart} answered ${answer.status}`);
  const spec = await answer.json();

  const graphic = document.createElement("div");
  graphic.className = "rw-chart__graphic";
  // Beside the whole picture, which holds a drawing for telephones as well, and is hidden once the graphic is there.
  (image.closest("picture") ?? image).after(graphic);
  try {
    await embed(graphic, { ...fitted(spec, graphic.clientWidth || figure.clientWidth), config: lettered(spec.config) }, OPTIONS);
    describe(graphic, image);
    figure.classList.add("rw-chart--live");
  } catch (problem) {
    graphic.remove();
    throw problem;
  }
}

async function bring(figure) {
  const image = figure.querySelector("img");
  if (!image) return;
  try {
    await draw(figure, image);
  } catch (problem) {
    figure.classList.add("rw-chart--still");
    console.warn(problem);
  }
}

// Charts far down the page wait until they come near, so that a long page is ready at once.
const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      watcher.unobserve(entry.target);
      bring(entry.target);
    }
  },
  { rootMargin: "600px 0px" },
);

for (const figure of document.querySelectorAll("figure[data-chart]")) watcher.observe(figure);
