// Builds static/build/ from static/scss/ and the packages in node_modules: one stylesheet, the chart library and the
// chart library's own rules as a file. Fails loudly when a package no longer holds what is expected of it.

import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { compile } from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const output = join(root, "static", "build");
const plotly = join(root, "node_modules", "plotly.js-basic-dist-min", "plotly-basic.min.js");

function write(name, text) {
  const unfinished = join(output, `.${name}`);
  writeFileSync(unfinished, text);
  renameSync(unfinished, join(output, name));
}

function stylesheet() {
  const { css } = compile(join(root, "static", "scss", "app.scss"), {
    style: "compressed",
    loadPaths: [join(root, "node_modules")],
    quietDeps: true,
  });
  const asked = css.match(/@font-face|url\([^)]*\)/g);
  if (asked) throw new Error(`the stylesheet asks for fonts or pictures: ${asked.join(" ")}`);
  return css;
}

// The chart library writes its rules into the page when it starts, which our content security policy refuses. It
// leaves that out when it finds a style sheet of its own already there, so the same rules are served as a file.
function chartRules() {
  const table = readFileSync(plotly, "utf8").match(/\{"X,X div":(?:"[^"]*"|'[^']*'|[^{}"'])*\}/);
  if (!table) throw new Error("the chart library no longer holds its table of style rules");
  return Object.entries(runInNewContext(`(${table[0]})`))
    .filter(([selector]) => !selector.includes("plotly-cloud"))
    .map(([selector, rules]) => {
      const named = selector.replace(/X/g, ".js-plotly-plot .plotly").replace(/Y/g, ".plotly-notifier");
      return `${named}{${rules.replaceAll('"Open Sans",verdana,arial', "arial")}}`;
    })
    .join("\n");
}

mkdirSync(output, { recursive: true });
write("app.css", stylesheet());
write("plotly.css", chartRules());
copyFileSync(plotly, join(output, "plotly.min.js"));
