import axe from 'axe-core';
import { JSDOM, type PageElement, type PageWindow } from 'jsdom';
import { STYLE } from '../../../lambda/report/html/style';
import { violationsIn } from './axe-answer';

const READER = new JSDOM('').window;

/** A page whose script does not run. One window parses all pages, because a new window takes longer than a page. */
export function readPage(html: string): Pick<PageWindow, 'document'> {
  return { document: new READER.DOMParser().parseFromString(withoutStyle(html), 'text/html') };
}

/** jsdom has no layout, and needs most of its time for the style sheet. */
function withoutStyle(html: string): string {
  return html.replace(STYLE, '');
}

/** A page whose script has run. jsdom has no security policy and no layout; the browser test checks these. */
export async function openPage(html: string): Promise<PageWindow> {
  const { window } = new JSDOM(withoutStyle(html), { runScripts: 'dangerously' });
  await new Promise((resolve) => setImmediate(resolve));
  return window;
}

export function all(root: PageElement, selectors: string): PageElement[] {
  return [...root.querySelectorAll(selectors)];
}

export function one(root: PageElement, selectors: string): PageElement {
  const [found] = all(root, selectors);
  if (found === undefined) throw new Error(`nothing matches ${selectors}`);
  return found;
}

export function textOf({ textContent }: PageElement): string {
  return textContent.replace(/\s+/g, ' ').trim();
}

/** The accessibility rules that a page violates, each with its first element. A check of contrast needs a browser. */
export async function axeProblems(window: PageWindow): Promise<string[]> {
  window.eval(axe.source);
  const found = await window.eval(
    `axe.run({ resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false } } })`,
  );
  return violationsIn(found);
}

const ROW = /^<tr data-life.*\n/gm;

/** The number of findings in the table of a page. It counts text, because jsdom needs minutes for 10,000 rows. */
export function countRows(html: string): number {
  return html.match(ROW)?.length ?? 0;
}

/** The same page with only the first rows. */
export function firstRows(html: string, rows: number): string {
  let row = 0;
  return html.replace(ROW, (line) => {
    row += 1;
    return row <= rows ? line : '';
  });
}

/** The outline of a page for a golden file: its headings, tables, lists and terms, in reading order. */
export function outline(root: PageElement, depth = 0): string[] {
  const indent = '  '.repeat(depth);
  return [...root.children].flatMap((element) => {
    const tag = element.tagName.toLowerCase();
    if (element.matches('h1, h2, h3, p, caption, figcaption, dt, dd, li, summary, a, svg, label, output')) {
      const words = tag === 'svg' ? drawn(element) : textOf(element);
      return element.hidden || words === '' ? [] : [`${indent}${tag}: ${words}`];
    }
    if (tag === 'tr') return [`${indent}${tag}: ${[...element.children].map(cellOf).join(' | ')}`];
    const inner = outline(
      element,
      /^(header|main|section|article|footer|table|nav|form)$/.test(tag) ? depth + 1 : depth,
    );
    const isNamed = /^(header|main|section|article|footer|table|nav|form)$/.test(tag);
    return isNamed ? [`${indent}${tag}${element.hidden ? ' (hidden)' : ''}`, ...inner] : inner;
  });
}

function cellOf(cell: PageElement): string {
  const parts = [...cell.children].length > 1 ? [...cell.children].map(textOf) : [textOf(cell)];
  return parts.filter((part) => part !== '').join(' / ');
}

function drawn(svg: PageElement): string {
  const rectangles = all(svg, 'rect').map((rect) => `${rect.getAttribute('class')} ${rect.getAttribute('width')}`);
  const groups = all(svg, 'title').map(textOf);
  return (groups.length > 0 ? groups : rectangles).join('; ');
}
