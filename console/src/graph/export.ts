import type { Layout } from './layout';
import type { MarksByState } from './look';
import { svgOf } from './svg';

const largest = 8192;

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function svgBlob(layout: Layout, marks: MarksByState): Blob {
  return new Blob([svgOf(layout, marks)], { type: 'image/svg+xml' });
}

export function saveSvg(layout: Layout, marks: MarksByState, name: string): void {
  save(svgBlob(layout, marks), `${name}.svg`);
}

/** Twice as large as on the screen, where a canvas can be so large. */
export async function savePng(layout: Layout, marks: MarksByState, name: string): Promise<void> {
  const scale = Math.min(2, largest / Math.max(layout.width, layout.height, 1));
  const image = new Image();
  const url = URL.createObjectURL(svgBlob(layout, marks));
  image.src = url;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(layout.width * scale);
  canvas.height = Math.ceil(layout.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  canvas.toBlob((blob) => blob && save(blob, `${name}.png`), 'image/png');
}
