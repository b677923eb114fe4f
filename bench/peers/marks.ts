/** Styles for the light and the dark scheme of the reader's system. */
export const STYLE = `
  svg { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; }
  .back { fill: #ffffff; } .text { fill: #1f2328; } .faint { fill: #59636e; } .ours { fill: #f0f4f8; }
  .line { stroke: #d1d9e0; } .time { fill: #54718f; } .good { fill: #2b7d4f; } .bad { fill: #c4372b; }
  .doubt { fill: #d99a1c; } .off { fill: #e3e8ed; }
  .head { font-weight: 600; } .small { font-size: 11.5px; } .title { font-size: 16px; font-weight: 600; } .bold { font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    .back { fill: #0d1117; } .text { fill: #e6edf3; } .faint { fill: #9198a1; } .ours { fill: #18212c; }
    .line { stroke: #3d444d; } .time { fill: #7d9cbd; } .good { fill: #4fae78; } .bad { fill: #f0766b; }
    .doubt { fill: #dba73b; } .off { fill: #2a313a; }
  }`;

export type Tone = 'time' | 'good' | 'bad' | 'doubt' | 'off';

interface Bar {
  readonly x: number;
  /** The top of the row. */
  readonly y: number;
  readonly width: number;
  readonly tone: Tone;
}

/** An empty string for a bar without a width. */
export function bar({ x, y, width, tone }: Bar): string {
  if (width === 0) return '';
  return `<rect class="${tone}" x="${x.toFixed(1)}" y="${y + 9}" width="${width.toFixed(1)}" height="12"/>`;
}

/** A number next to a bar. */
export function label(x: number, y: number, words: string): string {
  return text({ x, y: y + 20, words, style: 'text' });
}

/** The text in place of a number for a subject that only reads. */
export function none(x: number, y: number): string {
  return text({ x, y: y + 20, words: 'only reads', style: 'faint small' });
}

/** One entry of the legend. */
export function swatch({ x, y, tone, words }: { x: number; y: number; tone: Tone; words: string }): string {
  return `<rect class="${tone}" x="${x}" y="${y}" width="12" height="12"/>${text({ x: x + 18, y: y + 11, words, style: 'faint small' })}`;
}

interface Text {
  readonly x: number;
  readonly y: number;
  readonly words: string;
  readonly style: string;
}

export function text({ x, y, words, style }: Text): string {
  return `<text x="${x}" y="${y}" class="${style}">${escapeXml(words)}</text>`;
}

/** Escapes characters that would end a text or an attribute (XML 1.0, section 2.4). */
export function escapeXml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
