// Builds casework/web/static/casework.css: Tabler's reboot, purged to the elements we use, then our own
// components over it. One file serves both directions, because ours uses logical properties only and the
// part of Tabler that is taken has no left or right in it (the build stops when one appears).
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { Features, transform } from "lightningcss";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";

const here = (path) => new URL(path, import.meta.url);
const read = (path) => readFileSync(here(path), "utf8");
const take = JSON.parse(read("take.json"));
const OUT = here("../../casework/web/static/casework.css");

// light-dark() and colours relative to another came to browsers in 2023 and 2024; a phone from before then
// would draw no colour at all. So Tabler's theme is left out, and css/palette.css says every colour.
const THEME = /var\(--tblr|oklch|color-mix|light-dark/;

async function tabler() {
  const [sheet] = await new PurgeCSS().purge({
    content: [{ raw: take.elements.map((name) => `<${name}>`).join(""), extension: "html" }],
    css: ["node_modules/@tabler/core/dist/css/tabler.css"],
    keyframes: true,
    fontFace: true,
  });
  const root = postcss.parse(sheet.css);
  root.walkComments((comment) => comment.remove());
  root.walkDecls((decl) => {
    const unwanted = decl.prop.startsWith("--") || THEME.test(decl.value) || decl.prop in take.leaveProperties;
    if (unwanted) decl.remove();
  });
  root.walkRules((rule) => {
    // Rules for Tabler's own classes came along because their selector also names an element.
    rule.selectors = rule.selectors.filter((selector) => !/\.[a-z]|scrollbar|datetime/.test(selector));
    if (!rule.selector || !rule.nodes.length || rule.selector === ":root") rule.remove();
  });
  root.walkAtRules((at) => {
    if (at.name === "property" || (at.nodes && !at.nodes.length)) at.remove();
  });
  root.walkDecls(/(^|-)(left|right)$/, (decl) => {
    throw new Error(`Tabler's ${decl.parent.selector} has a side: ${decl}. Take it out or mirror it.`);
  });
  return root.toString();
}

// An icon as an address inside the sheet: one request for all, cached with it.
function drawn(source) {
  const path = source.includes("/") ? source : `outline/${source}`;
  const svg = read(`node_modules/@tabler/icons/icons/${path}.svg`)
    .replace(/<path stroke="none"[^>]*\/>/, "")
    .replace(/\s(class|width|height)="[^"]*"/g, "")
    .replace(/currentColor/g, "#000")
    .replace(/\s+/g, " ")
    .replace(/> </g, "><")
    .replace(/"/g, "'")
    .replace(/[<>#%]/g, encodeURIComponent);
  return `url("data:image/svg+xml,${svg}")`;
}

// Icons are masks, so that they take the colour of the text around them.
function icons() {
  const own = Object.entries(take.icons).map(([name, source]) => `.i-${name}{--i:${drawn(source)}}`);
  const shared = Object.entries(take.drawnBySheet).map(([name, source]) => `--${name}:${drawn(source)}`);
  return [...own, `:root{${shared.join(";")}}`].join("\n");
}

// The dark palette is written once and served twice: when it was chosen, and when the device asks for it.
function both(sheet) {
  const root = postcss.parse(sheet);
  root.walkRules('[data-bs-theme="dark"]', (rule) => {
    const asked = rule.clone({ selector: ":root:not([data-bs-theme])" });
    const media = postcss.atRule({ name: "media", params: "screen and (prefers-color-scheme: dark)" });
    media.append(asked);
    rule.after(media);
  });
  return root.toString();
}

// A test compares this with the sources, so that a changed source without a build is noticed.
function digestOfSources(sheets) {
  const hash = createHash("sha256");
  for (const name of ["build.mjs", "take.json", "package.json", ...sheets.map((name) => `css/${name}`)]) hash.update(read(name));
  return hash.digest("hex").slice(0, 16);
}

const sheets = readdirSync(here("css")).filter((name) => name.endsWith(".css")).sort();
const own = sheets.map((name) => read(`css/${name}`)).join("\n");
const { code } = transform({
  filename: "casework.css",
  code: Buffer.from([await tabler(), both(own), icons()].join("\n")),
  minify: true,
  // Chrome 87 is of 2020; Android 5 goes up to 95. Logical properties are known there and left as they are.
  targets: { chrome: 87 << 16, safari: (14 << 16) | (1 << 8), firefox: 80 << 16 },
  exclude: Features.LightDark,
});
const head = `/* Casework. Base: Tabler 1.6.1 and Tabler Icons 3.51.0, (c) Tabler Authors, MIT. sources ${digestOfSources(sheets)} */\n`;
writeFileSync(OUT, head + code + "\n");
console.log(`casework.css ${code.length} bytes, ${gzipSync(head + code, { level: 9 }).length} gzip`);
