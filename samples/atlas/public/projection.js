// From longitude and latitude to the 960 by 620 sheet of the map.
const rad = Math.PI / 180;
const width = 960, height = 620;

/** Albers' equal-area cone through two parallels: the usual shape of a map of the United States. */
function albers(lon0, parallel1, parallel2) {
  const s1 = Math.sin(parallel1 * rad), n = (s1 + Math.sin(parallel2 * rad)) / 2;
  const c = Math.cos(parallel1 * rad) ** 2 + 2 * n * s1;
  return ({ lon, lat }) => {
    const rho = Math.sqrt(Math.max(0, c - 2 * n * Math.sin(lat * rad))) / n;
    const theta = n * turn(lon - lon0) * rad;
    // South is down on the sheet: the further from the tip of the cone, the lower.
    return [rho * Math.sin(theta), rho * Math.cos(theta)];
  };
}

// Between -180 and 180, so that a map across the date line stays in one piece.
const turn = degrees => ((degrees + 540) % 360) - 180;

// The country does not fit one sheet: what lies far away gets a sheet of its own, as in an atlas.
const sheets = [
  { name: "", states: null, flat: albers(-96, 29.5, 45.5), box: [30, 18, 900, 520] },
  { name: "Alaska", states: ["AK"], flat: albers(-154, 55, 65), box: [22, 470, 190, 122] },
  { name: "Hawaii", states: ["HI"], flat: albers(-157, 8, 18), box: [256, 526, 92, 60] },
  { name: "Samoa", states: ["AS"], flat: albers(-170, -8, -18), box: [396, 560, 30, 22] },
  { name: "Guam", states: ["GU", "MP"], flat: albers(145, 8, 18), box: [575, 530, 60, 58] },
  { name: "Puerto Rico", states: ["PR", "VI"], flat: albers(-66, 8, 18), box: [850, 560, 90, 34] },
];

/** The whole country: answers with a function from an airport to [x, y], and the names of the small sheets. */
export function countrySheets(everyone) {
  const far = new Map(sheets.flatMap((sheet, i) => (sheet.states ?? []).map(state => [state, i])));
  const sheetOf = airport => far.get(airport.state) ?? 0;
  const fits = sheets.map((sheet, i) => fit(everyone.filter(a => sheetOf(a) === i).map(a => sheet.flat(a.location)), sheet.box));
  return {
    place: airport => fits[sheetOf(airport)].place(sheets[sheetOf(airport)].flat(airport.location)),
    labels: sheets.filter(sheet => sheet.name).map(({ name, box: [x, y, w, h] }) => ({ name, x: x + w / 2, y: y + h + 18 })),
  };
}

/** One part of the country around the given points, at least `leastKm` across. */
export function localSheet(points, leastKm) {
  const lon0 = points[0].lon;
  const wests = points.map(p => turn(p.lon - lon0));
  const middle = (Math.min(...wests) + Math.max(...wests)) / 2;
  const lats = points.map(p => p.lat);
  const lat0 = (Math.min(...lats) + Math.max(...lats)) / 2;
  const squeeze = Math.cos(lat0 * rad);
  const flat = ({ lon, lat }) => [turn(lon - lon0 - middle) * squeeze, -lat];
  const fitted = fit(points.map(flat), [70, 50, width - 140, height - 100], leastKm / kmPerDegree);
  return { place: airport => fitted.place(flat(airport.location)), kmPerUnit: kmPerDegree / fitted.scale };
}

const kmPerDegree = 111.32;

/** The largest scale at which the points fit the box, and where each then lies. */
function fit(points, [x, y, w, h], least = 0) {
  const xs = points.map(p => p[0]), ys = points.map(p => p[1]);
  const [left, right] = points.length ? extent(xs) : [0, 0];
  const [top, bottom] = points.length ? extent(ys) : [0, 0];
  const scale = Math.min(w / Math.max(right - left, least, 1e-9), h / Math.max(bottom - top, least, 1e-9));
  const dx = x + w / 2 - (scale * (left + right)) / 2;
  const dy = y + h / 2 - (scale * (top + bottom)) / 2;
  return { scale, place: ([px, py]) => [dx + scale * px, dy + scale * py] };
}

const extent = values => values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
