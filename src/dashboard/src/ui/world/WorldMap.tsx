import 'leaflet/dist/leaflet.css';
import { Box } from '@mantine/core';
import L from 'leaflet';
import { useEffect, useRef } from 'react';
import classes from './WorldMap.module.css';
import { worldShapes } from './worldShapes';

/** A place on the map. */
export interface MapPoint {
  id: string;
  lon: number;
  lat: number;
  label?: string;
}

/** What a map is given. */
export interface WorldMapProps {
  points: MapPoint[];
  /** Names the map for who cannot see it. */
  label: string;
  height?: number;
  /** When given, a click or a dragged mark chooses a place. */
  onPick?: (place: { lon: number; lat: number }) => void;
  /** A click on a mark. */
  onOpen?: (point: MapPoint) => void;
  /** The address of a tile server with {z}/{x}/{y}; without one the map is drawn from what the dashboard brings along, and asks nobody. */
  tiles?: string;
}

/** The world, drawn without asking anybody on the internet. Load it lazily; it brings Leaflet and the shapes of the countries. */
export function WorldMap({ points, label, height = 280, onPick, onOpen, tiles }: WorldMapProps) {
  const holder = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map>(null);
  const marks = useRef<L.LayerGroup>(null);
  const calls = useRef({ onPick, onOpen });
  const looked = useRef(false);
  calls.current = { onPick, onOpen };

  useEffect(() => {
    if (!holder.current) return;
    const made = L.map(holder.current, { minZoom: 0, maxZoom: 16, zoomSnap: 0.5, worldCopyJump: true, attributionControl: Boolean(tiles) });
    made.fitBounds([
      [-54, -150],
      [70, 170],
    ]);
    map.current = made;
    marks.current = L.layerGroup().addTo(made);
    let ended = false;
    if (tiles) L.tileLayer(tiles).addTo(made);
    else
      worldShapes().then((shapes) => {
        if (!ended)
          L.geoJSON(shapes, { interactive: false, style: { className: classes.land, weight: 0.8 } })
            .addTo(made)
            .bringToBack();
      });
    made.on('click', ({ latlng }) => {
      const { lat, lng } = latlng.wrap();
      calls.current.onPick?.({ lon: lng, lat });
    });
    const watch = new ResizeObserver(() => made.invalidateSize());
    watch.observe(holder.current);
    return () => {
      ended = true;
      watch.disconnect();
      made.remove();
      looked.current = false;
    };
  }, [tiles]);

  useEffect(() => {
    const layer = marks.current;
    if (!layer || !map.current) return;
    layer.clearLayers();
    for (const point of points) markOf(point, label, calls.current).addTo(layer);
    if (points.length > 0 && !looked.current) {
      looked.current = true;
      const [only] = points;
      if (points.length === 1 && only) map.current.setView([only.lat, only.lon], 4, { animate: false });
      else map.current.fitBounds(L.latLngBounds(points.map(({ lat, lon }) => [lat, lon])).pad(0.1), { animate: false, maxZoom: 6 });
    }
  }, [points, label]);

  return <Box ref={holder} className={classes.map} role="application" aria-label={label} h={height} data-picking={onPick ? true : undefined} />;
}

function markOf(point: MapPoint, label: string, calls: Pick<WorldMapProps, 'onPick' | 'onOpen'>): L.Layer {
  const at: L.LatLngTuple = [point.lat, point.lon];
  if (!calls.onPick) {
    const dot = L.circleMarker(at, { radius: 5, weight: 1.5, className: classes.dot });
    if (point.label) dot.bindTooltip(textOf(point.label));
    return dot.on('click', () => calls.onOpen?.(point));
  }
  const pin = L.marker(at, {
    draggable: true,
    title: point.label ?? label,
    icon: L.divIcon({ className: classes.pin, iconSize: [22, 22], iconAnchor: [11, 22] }),
  });
  return pin.on('dragend', () => {
    const { lat, lng } = pin.getLatLng().wrap();
    calls.onPick?.({ lon: lng, lat });
  });
}

// Leaflet reads texts as HTML; an element with text in it is shown as it is.
function textOf(label: string): HTMLElement {
  const element = document.createElement('span');
  element.textContent = label;
  element.dir = 'auto';
  return element;
}
