// Runs in a page that is shown in a frame: tells the frame's parent how it looks there.
addEventListener('load', () => {
  const width = document.documentElement.clientWidth;
  const name = element => element.tagName.toLowerCase() + ' "' + element.textContent.trim().slice(0, 40) + '"';
  const shown = element => element.getClientRects().length > 0;

  const closed = [...document.querySelectorAll('details:not([open])')];
  closed.forEach(details => details.open = true);

  // scrolls by itself, and lies within the page
  const inScroller = element => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return box.getBoundingClientRect().right <= width + 1;
    }
    return false;
  };
  const overflowing = [...document.querySelectorAll('body *')].filter(shown).filter(element => {
    const box = element.getBoundingClientRect();
    return (box.right > width + 1 || box.left < -1) && !inScroller(element);
  }).map(name);

  const charts = [...document.querySelectorAll('svg')].filter(shown);
  const empty = charts.filter(chart => {
    const box = chart.getBoundingClientRect();
    return box.width < 200 || box.height < 60 || !chart.querySelector('path, line, circle, rect');
  }).map(name);
  const cut = [];
  const overlapping = [];
  for (const chart of charts) {
    const frame = chart.getBoundingClientRect();
    const scale = chart.viewBox.baseVal ? frame.width / chart.viewBox.baseVal.width : 1;
    const slack = 4 * scale; // a text's box is higher than its letters
    const texts = [...chart.querySelectorAll('text:not([transform])')].filter(text => text.textContent);
    const boxes = texts.map(text => text.getBoundingClientRect());
    boxes.forEach((box, i) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - slack
          || box.bottom > frame.bottom + slack) cut.push(name(texts[i]));
      for (let j = 0; j < i; j++) {
        const other = boxes[j];
        if (box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom - slack
            && other.top < box.bottom - slack) overlapping.push(name(texts[i]) + ' and ' + name(texts[j]));
      }
    });
  }
  const order = table => [...table.tBodies[0].rows].map(row => row.textContent).join();
  const unsortable = [...document.querySelectorAll('table.sortable thead th')].filter(head => {
    const table = head.closest('table');
    const before = order(table);
    const button = head.querySelector('button');
    const turns = [1, 2, 3].map(() => {
      button?.click();
      return head.getAttribute('aria-sort');
    });
    return turns.join() !== 'ascending,descending,' || order(table) !== before;
  });
  closed.forEach(details => details.open = false);
  parent.postMessage({
    width: document.documentElement.scrollWidth,
    height: Math.ceil(document.body.getBoundingClientRect().bottom),
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    charts: charts.length,
    faults: {
      'overflowing': overflowing, 'empty charts': empty, 'texts cut off': cut, 'overlapping texts': overlapping,
      'headings that do not sort': unsortable.map(name),
    },
  }, '*');
});
