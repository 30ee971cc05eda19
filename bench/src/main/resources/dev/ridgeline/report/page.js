// Makes the headings of tables buttons that sort: up, down, then as it was. Without script the tables are just tables.
for (const table of document.querySelectorAll('table.sortable')) {
  const body = table.tBodies[0];
  const original = [...body.rows];
  const headings = [...table.tHead.rows[0].cells];
  const key = (row, column, numeric) => {
    const text = row.cells[column].textContent;
    return numeric ? parseFloat(text.replace(/\u2212/g, '-').replace(/,(?=\d)/g, '').replace(/^[^-+.\d]+/, '')) : text;
  };
  const compare = (a, b) => {
    if (typeof a === 'string') return a.localeCompare(b, 'en', {numeric: true});
    return isNaN(a) || isNaN(b) ? isNaN(a) - isNaN(b) : a - b; // what has no number comes last
  };
  headings.forEach((heading, column) => {
    const numeric = heading.classList.contains('number');
    const button = document.createElement('button');
    button.type = 'button';
    button.title = 'Sort by this column';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const order = {ascending: 'descending', descending: null}[heading.getAttribute('aria-sort')];
      headings.forEach(other => other.removeAttribute('aria-sort'));
      if (order === null) {
        body.append(...original);
        return;
      }
      heading.setAttribute('aria-sort', order || 'ascending');
      const sign = order === 'descending' ? -1 : 1;
      body.append(...original
        .map(row => [row, key(row, column, numeric)])
        .sort(([, a], [, b]) => Number.isNaN(a) || Number.isNaN(b) ? compare(a, b) : sign * compare(a, b))
        .map(([row]) => row));
    });
  });
}
