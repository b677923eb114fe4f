/**
 * The script of the page: it sorts, filters and pages the table, and shows the rows of one advice. Plain JavaScript for the
 * browser. It creates no markup from text and stores nothing. Without it the page shows every row, most severe first.
 */
export const SCRIPT = `
'use strict';
const ROWS_PER_PAGE = 100;

const arrange = () => {
  const table = document.getElementById('findings');
  if (table === null) return;
  const body = table.tBodies[0];
  const form = document.getElementById('filters');
  const pages = document.getElementById('pages');
  const told = form.querySelector('output');
  const collator = new Intl.Collator('en', { numeric: true });

  const keyOf = (cell) => cell.dataset.key ?? cell.textContent;
  const rows = Array.from(body.rows, (row) => ({
    row,
    text: row.textContent.toLowerCase(),
    keys: Array.from(row.cells, keyOf),
    severity: row.cells[0].dataset.key,
    strategy: row.cells[2].textContent,
    outcome: row.cells[7].dataset.key,
    life: row.dataset.life,
    advice: row.dataset.do,
  }));
  const found = Number(table.dataset.found);
  const isWhole = found === rows.length;
  let sorted = rows;
  let matching = rows;
  let page = 0;

  const write = (number) => number.toLocaleString('en');

  /** Only the rows of one page are in the document, so ten thousand rows are as fast as ten. */
  const show = () => {
    const from = page * ROWS_PER_PAGE;
    const to = Math.min(from + ROWS_PER_PAGE, matching.length);
    body.replaceChildren(...matching.slice(from, to).map(({ row }) => row));
    told.textContent = matching.length === rows.length
      ? write(rows.length) + (isWhole ? '' : ' of ' + write(found)) + ' findings'
      : write(matching.length) + ' of ' + write(rows.length) + (isWhole ? '' : ' shown') + ' findings';
    pages.hidden = matching.length <= ROWS_PER_PAGE;
    place.textContent = write(from + 1) + ' to ' + write(to) + ' of ' + write(matching.length);
    previous.disabled = page === 0;
    next.disabled = to === matching.length;
  };

  const filter = () => {
    const words = form.elements.text.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
    const fields = ['severity', 'strategy', 'outcome', 'life', 'advice'].filter((name) => form.elements[name].value !== '');
    matching = sorted.filter((entry) =>
      fields.every((name) => entry[name] === form.elements[name].value) &&
      words.every((word) => entry.text.includes(word)));
    page = 0;
    show();
  };

  const button = (words, act) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = words;
    made.addEventListener('click', act);
    return made;
  };

  const turn = (by) => {
    page += by;
    show();
    table.scrollIntoView();
  };
  const previous = button('Previous', () => turn(-1));
  const next = button('Next', () => turn(1));
  const place = document.createElement('span');
  pages.append(previous, place, next);

  const heads = Array.from(table.tHead.rows[0].cells);
  /** The first click puts the most severe row, or the row that begins with A, on top. The next click reverses the order. */
  const sortBy = (column) => {
    const first = column === 0 ? 'descending' : 'ascending';
    const other = column === 0 ? 'ascending' : 'descending';
    const order = heads[column].getAttribute('aria-sort') === first ? other : first;
    const sign = order === 'ascending' ? 1 : -1;
    for (const head of heads) head.removeAttribute('aria-sort');
    heads[column].setAttribute('aria-sort', order);
    sorted = rows.toSorted((a, b) => sign * collator.compare(a.keys[column], b.keys[column]));
    filter();
  };
  const names = heads.map((head) => head.textContent);
  const buttons = names.map((name, column) => button(name, () => sortBy(column)));
  const label = (contents) => heads.forEach((head, column) => head.replaceChildren(contents[column]));
  label(buttons);
  heads[0].setAttribute('aria-sort', 'descending');

  const advices = new Set(rows.map(({ advice }) => advice));
  for (const card of document.querySelectorAll('.card')) {
    if (!advices.has(card.id.slice(3))) continue;
    card.append(button('Show in the table', () => {
      form.reset();
      form.elements.advice.value = card.id.slice(3);
      filter();
      document.getElementById('findings-title').scrollIntoView();
      form.elements.text.focus({ preventScroll: true });
    }));
  }

  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  // The fields are empty only after the event.
  form.addEventListener('reset', () => setTimeout(filter));
  // Print shows every matching row, without pages and buttons.
  addEventListener('beforeprint', () => {
    body.replaceChildren(...matching.map(({ row }) => row));
    label(names);
  });
  addEventListener('afterprint', () => {
    show();
    label(buttons);
  });
  form.hidden = false;
  filter();
};

/** Repeated layout of ten thousand rows while they load is slow, so the table is shown when all rows are loaded. */
const waiting = document.documentElement.classList;
waiting.add('waiting');
addEventListener('DOMContentLoaded', () => {
  try {
    arrange();
  } finally {
    waiting.remove('waiting');
  }
});
`;

/** The hash of `SCRIPT`. If the script changes, the test of the security policy shows the new hash. */
export const SCRIPT_HASH = 'sha256-ixNBeD/b//PyUiXHqYYvFYVkfV6k1f6G9Mgqmi3k16c=';
