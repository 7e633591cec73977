// Builds the style sheet and the scripts of the site.
//
// Everything lands in the foundation app's static folder, which git ignores and the wheel carries.
// Beside each file stand its gzip and brotli forms, so that the server never compresses them while it serves.

import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const target = path.join(root, "src/ropewalk/site/foundation/static/foundation");

// A comment that points at a source map makes browsers ask for a file that is not there.
const withoutSourceMap = (text) => text.replace(/^\s*(\/\/|\/\*)[#@]\s*sourceMappingURL=.*$/gm, "");

async function styleSheet() {
  const built = sass.compile(path.join(here, "sass/ropewalk.scss"), {
    loadPaths: [path.join(root, "node_modules")],
    style: "compressed",
    quietDeps: true,
    charset: true,
  });
  return { "ropewalk.css": withoutSourceMap(built.css) };
}

async function scripts() {
  const built = await esbuild.build({
    entryPoints: ["ropewalk", "charts", "returns"].map((name) => path.join(here, `js/${name}.js`)),
    outdir: target,
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: ["es2022"],
    legalComments: "eof",
    sourcemap: false,
    write: false,
    logLevel: "warning",
  });
  return Object.fromEntries(built.outputFiles.map((file) => [path.basename(file.path), withoutSourceMap(file.text)]));
}

async function write(name, content) {
  const bytes = Buffer.from(content);
  const file = path.join(target, name);
  await writeFile(file, bytes);
  await writeFile(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  await writeFile(`${file}.br`, brotliCompressSync(bytes, { params: quality }));
  console.log(`${name}: ${Math.ceil(bytes.length / 1024)} kB`);
}

async function copies() {
  const folder = path.join(here, "images");
  const names = await readdir(folder);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name))])));
}

const files = { ...(await styleSheet()), ...(await scripts()), ...(await copies()) };
await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
for (const [name, content] of Object.entries(files)) await write(name, content);
