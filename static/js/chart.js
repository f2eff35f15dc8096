// Zoom and hover for a chart that the server has already drawn as SVG.
//
//   <figure class="chart" data-chart="chart-figure"> … <div class="chart__drawing"><svg>…</svg></div></figure>
//   {{ figure|json_script:"chart-figure" }}   holding {"data": […], "layout": {…}}
//
// The drawing stays until the chart library has drawn the same; if anything fails it simply stays.

const configuration = {
  displaylogo: false,
  responsive: true,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
  // Nothing leaves this page for an outside service.
  showSendToCloud: false,
  plotlyServerURL: "",
};

async function takeOver(figure) {
  const specification = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const drawing = figure.querySelector(".chart__drawing");
  const canvas = document.createElement("div");
  canvas.className = "chart__canvas";
  // The server's drawing carries the description for people who can't see either.
  canvas.setAttribute("aria-hidden", "true");
  drawing.after(canvas);
  try {
    await window.Plotly.newPlot(canvas, specification.data, specification.layout, configuration);
    drawing.classList.add("chart__drawing--replaced");
    // Pictures for people: nothing inside is reached by the keyboard, the table below holds the same numbers.
    canvas.querySelectorAll("a, button, [tabindex]").forEach((control) => control.setAttribute("tabindex", "-1"));
  } catch (fault) {
    canvas.remove();
    throw fault;
  }
}

if (window.Plotly) {
  document.querySelectorAll("[data-chart]").forEach(takeOver);
}
