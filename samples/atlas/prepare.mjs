// Makes airports.csv from the table of US airports in the npm package vega-datasets.
//   npm install --prefix TEMP vega-datasets@3.2.1
//   node prepare.mjs TEMP/node_modules/vega-datasets/data/airports.csv > airports.csv
// Every row that is dropped or mended is named on standard error with the reason.
import { readFileSync } from "node:fs";

const source = process.argv[2];
if (!source) {
  console.error("usage: node prepare.mjs path/to/vega-datasets/data/airports.csv > airports.csv");
  process.exit(2);
}

// The same place is listed a second time under an older code, without city and state.
const secondListing = { CLD: "CRQ", HHH: "HXD", MQT: "SAW", SCE: "UNV", SPN: "TNI" };
// Air bases whose city and state the table leaves out.
const missingPlace = { MIB: ["Minot", "ND"], RCA: ["Rapid City", "SD"], RDR: ["Grand Forks", "ND"], SKA: ["Spokane", "WA"] };

const [, ...rows] = parseCsv(readFileSync(source, "utf8"));
const seen = new Set();
const out = [["iata", "name", "city", "state", "location"]];

for (const [iata, rawName, rawCity, rawState, country, latText, lonText] of rows) {
  let name = tidy(rawName);
  let city = tidy(rawCity);
  let state = rawState.trim();
  let lat = Number(latText);
  let lon = Number(lonText);

  if (secondListing[iata]) { note(iata, `dropped: the place is also listed as ${secondListing[iata]}`); continue; }
  if (country !== "USA") { note(iata, `dropped: lies in ${country}`); continue; }
  if (name !== rawName) note(iata, `mended: spaces in the name "${rawName}"`);
  if (/^[^.]+\.$/.test(city)) { note(iata, `mended: full stop after the city "${city}"`); city = city.slice(0, -1); }
  if (state === "NA" && missingPlace[iata]) { [city, state] = missingPlace[iata]; note(iata, `mended: city and state filled in, ${city}, ${state}`); }
  if (state === "CQ") { state = "MP"; note(iata, "mended: state CQ written as today's postal code MP"); }
  if ((state === "GU" || state === "MP") && lon < 0) { lon = -lon; note(iata, "mended: longitude is east, the minus sign was wrong"); }
  if (state === "AS" && lat > 0) { lat = -lat; note(iata, "mended: latitude is south, the minus sign was missing"); }

  if (!/^[A-Z0-9]{3,4}$/.test(iata) || seen.has(iata)) throw new Error(`unexpected code ${iata}`);
  if (!name || !city || !/^[A-Z]{2}$/.test(state) || state === "NA") throw new Error(`incomplete row ${iata}`);
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) throw new Error(`no such place ${iata}`);
  seen.add(iata);
  // Five decimals are about one metre, finer than an airport.
  out.push([iata, name, city, state, JSON.stringify({ lon: Number(lon.toFixed(5)), lat: Number(lat.toFixed(5)) })]);
}

process.stdout.write(out.map(row => row.map(cell).join(",") + "\n").join(""));
console.error(`${rows.length} rows read, ${out.length - 1} written`);

function tidy(text) { return text.trim().replace(/\s+/g, " "); }
function note(iata, text) { console.error(`${iata}: ${text}`); }
function cell(text) { return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; }

function parseCsv(text) {
  const rows = [];
  let row = [], value = "", quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') value += c;
      else if (text[i + 1] === '"') { value += '"'; i++; }
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") { row.push(value); value = ""; }
    else if (c === "\n") { row.push(value); rows.push(row); row = []; value = ""; }
    else if (c !== "\r") value += c;
  }
  if (value || row.length) { row.push(value); rows.push(row); }
  return rows;
}
