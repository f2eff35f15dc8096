// Zoom and hover for a chart that the server has already drawn as SVG.
//
//   <link rel="stylesheet" id="plotly.js-style-global" class="no-inline-styles" href="{% static 'build/plotly.css' %}">
//   <script type="module" src="{% static 'js/chart.js' %}"></script>
//   <figure class="chart" data-chart="chart-figure" data-library="{% static 'build/plotly.min.js' %}">
//     … <div class="chart__drawing"><svg>…</svg></div></figure>
//   {{ figure|json_script:"chart-figure" }}   holding {"data": […], "layout": {…}}
//
// The library is fetched only where there is room for it and colours are free. The drawing stays until the library has drawn the same; if
// anything fails, it simply stays.

const configuration = {
  displaylogo: false,
  responsive: true,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
  // Nothing leaves this page for an outside service.
  showSendToCloud: false,
  plotlyServerURL: "",
};

function fetchLibrary(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error("The chart library could not be fetched.")));
    document.head.append(script);
  });
}

async function takeOver(figure) {
  const specification = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const drawings = figure.querySelectorAll(".chart__drawing");
  const canvas = document.createElement("div");
  canvas.className = "chart__canvas";
  // The server's drawing carries the description for people who listen to the page.
  canvas.setAttribute("aria-hidden", "true");
  drawings[drawings.length - 1].after(canvas);
  try {
    await window.Plotly.newPlot(canvas, specification.data, specification.layout, configuration);
  } catch (fault) {
    canvas.remove();
    throw fault;
  }
  drawings.forEach((drawing) => drawing.classList.add("chart__drawing--replaced"));
  // What is hidden from listeners is not a stop for the keyboard either: the table holds the same numbers.
  canvas.querySelectorAll("a, button, [tabindex]").forEach((control) => control.setAttribute("tabindex", "-1"));
}

const figures = document.querySelectorAll("[data-chart]");
const roomy = window.matchMedia("(min-width: 40.0625em)").matches;
// The library writes its own colours, where the drawing follows those that the reader's system forces.
const forced = window.matchMedia("(forced-colors: active)").matches;
if (figures.length && roomy && !forced) {
  await fetchLibrary(figures[0].dataset.library);
  figures.forEach(takeOver);
}
