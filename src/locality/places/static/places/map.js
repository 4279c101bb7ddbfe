// Colour the map by the figures of the table, and let map and table share what is chosen.
// Without this file, without WebGL or without the library, the table says everything.

const COLOURS = ["#ffffff", "#fff7dc", "#fecf6b", "#f0934a", "#c0493c", "#6b1a3c"];
const INK = "#16201c";

for (const section of document.querySelectorAll("[data-map]")) {
  draw(section).catch(() => {
    section.querySelector("[data-map-canvas]").hidden = true;
    section.querySelector("[data-map-chosen]").textContent = section.dataset.wordsFailed;
  });
}

async function draw(section) {
  const words = section.dataset;
  const [library, shapes, figures] = await Promise.all([
    import(words.library),
    fetched(words.boundaries),
    fetched(words.figures),
  ]);
  for (const feature of shapes.features) {
    feature.id = feature.properties.code;
    feature.properties.band = figures[feature.id]?.band ?? 0;
  }
  const map = started(section, library, shapes);
  const choose = chooser(section, map, shapes, figures);
  map.on("click", "areas", (event) => choose(event.features[0].properties.code));
  map.on("mouseenter", "areas", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "areas", () => { map.getCanvas().style.cursor = ""; });
  for (const row of document.querySelectorAll("tr[data-area]")) addButton(row, words, choose);
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function started(section, library, shapes) {
  const words = section.dataset;
  library.setWorkerUrl(new URL(words.worker, document.baseURI).href);
  const map = new library.Map({
    container: section.querySelector("[data-map-canvas]"),
    style: style(shapes),
    bounds: [[+words.west, +words.south], [+words.east, +words.north]],
    fitBoundsOptions: { padding: 20 },
    attributionControl: false,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
    fadeDuration: 0,
  });
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.getCanvas().setAttribute("aria-describedby", "map-title");
  map.once("idle", () => { section.dataset.drawn = "yes"; });
  return map;
}

function style(shapes) {
  const banded = ["match", ["get", "band"], 0, COLOURS[0]];
  COLOURS.slice(1, 5).forEach((colour, at) => banded.push(at + 1, colour));
  banded.push(COLOURS[5]);
  return {
    version: 8,
    sources: { areas: { type: "geojson", data: shapes, promoteId: "code" } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#f4f6f5" } },
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": banded } },
      { id: "edges", type: "line", source: "areas", filter: ["!=", ["get", "band"], 0],
        paint: { "line-color": "#5d6a64", "line-width": 0.6 } },
      { id: "gaps", type: "line", source: "areas", filter: ["==", ["get", "band"], 0],
        paint: { "line-color": INK, "line-width": 1, "line-dasharray": [3, 2] } },
      { id: "halo", type: "line", source: "areas", filter: ["==", ["get", "code"], ""],
        paint: { "line-color": "#ffffff", "line-width": 6 } },
      { id: "chosen", type: "line", source: "areas", filter: ["==", ["get", "code"], ""],
        paint: { "line-color": INK, "line-width": 3 } },
    ],
  };
}

function chooser(section, map, shapes, figures) {
  const says = section.querySelector("[data-map-chosen]");
  return (code, { move = false } = {}) => {
    for (const layer of ["halo", "chosen"]) map.setFilter(layer, ["==", ["get", "code"], code]);
    for (const row of document.querySelectorAll("tr[data-area]")) {
      row.classList.toggle("places-chosen", row.dataset.area === code);
    }
    says.replaceChildren(...sentence(section.dataset, figures[code], code));
    const feature = shapes.features.find((one) => one.id === code);
    if (move && feature) show(section, map, feature);
  };
}

// Whoever presses "Show on map" is taken there; the sentence beneath leads back to the line.
function show(section, map, feature) {
  map.fitBounds(extent(feature.geometry), { padding: 80, animate: false });
  section.scrollIntoView({ block: "start" });
  map.getCanvas().focus({ preventScroll: true });
}

function sentence(words, one, code) {
  if (!one) return [];
  const said = one.count === null
    ? `${one.name}: ${words.wordsNone}. `
    : `${one.name}: ${one.count.toLocaleString()} ${words.wordsCount}, ${one.rate} ${words.wordsRate}. `;
  const links = [linked(one.href, words.wordsOpen)];
  if (document.getElementById(`area-${code}`)) {
    links.push(" · ", linked(`#area-${code}`, words.wordsBack));
  }
  return [said, ...links];
}

function linked(href, text) {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = href;
  link.textContent = text;
  return link;
}

function extent(geometry) {
  const points = geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2);
  const lons = points.map((point) => point[0]);
  const lats = points.map((point) => point[1]);
  return [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
}

function addButton(row, words, choose) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "places-show";
  button.textContent = words.wordsShow;
  const hidden = document.createElement("span");
  hidden.className = "govuk-visually-hidden";
  hidden.textContent = `: ${row.querySelector("a").textContent}`;
  button.append(hidden);
  button.addEventListener("click", () => choose(row.dataset.area, { move: true }));
  row.querySelector("th").append(button);
}
