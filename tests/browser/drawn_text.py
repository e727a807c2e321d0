"""What tables draw: a table is a picture on a canvas, so its texts are noted as they are drawn, with what cuts them."""

from playwright.sync_api import BrowserContext, Page

#: Notes every text with its extent, the area it is clipped to, and the canvas; all in the canvas's own pixels.
_WATCH = """(() => {
  const drawing = CanvasRenderingContext2D.prototype, states = new WeakMap(), own = {};
  for (const name of ['save', 'restore', 'beginPath', 'rect', 'clip', 'fillText']) own[name] = drawing[name];
  const state = context => {
    if (!states.has(context)) states.set(context, {clip: null, saved: [], path: []});
    return states.get(context);
  };
  const place = (context, x, y) => { const t = context.getTransform(); return [t.a * x + t.c * y + t.e, t.b * x + t.d * y + t.f]; };
  const common = (a, b) => a ? [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])] : b;
  window.drawnTexts = new Map(); window.lastDrawn = 0;
  drawing.save = function () { const s = state(this); s.saved.push(s.clip); return own.save.call(this); };
  drawing.restore = function () { const s = state(this); if (s.saved.length) s.clip = s.saved.pop(); return own.restore.call(this); };
  drawing.beginPath = function () { state(this).path = []; return own.beginPath.call(this); };
  drawing.rect = function (x, y, w, h) {
    state(this).path.push([...place(this, x, y), ...place(this, x + w, y + h)]);
    return own.rect.call(this, x, y, w, h);
  };
  drawing.clip = function (...rest) {
    const s = state(this);
    if (s.path.length === 1) s.clip = common(s.clip, s.path[0]);
    return own.clip.apply(this, rest);
  };
  drawing.fillText = function (text, x, y, ...rest) {
    const canvas = this.canvas;
    if (canvas && canvas.isConnected && canvas.closest('[data-testid=stDataFrame]')) {
      const width = this.measureText(text).width, align = this.textAlign;
      const first = align === 'right' || align === 'end' ? x - width : align === 'center' ? x - width / 2 : x;
      const [left, line] = place(this, first, y), [right] = place(this, first + width, y);
      const clip = state(this).clip || [0, 0, canvas.width, canvas.height];
      window.lastDrawn = performance.now();
      window.drawnTexts.set([canvas.width, text, Math.round(left), Math.round(line)].join('|'),
        {canvas, across: canvas.width, text, left, right, line, clip});
    }
    return own.fillText.call(this, text, x, y, ...rest);
  };
})()"""

_CUT = """() => [...window.drawnTexts.values()].filter(t => {
  if (!t.canvas.isConnected || t.canvas.width !== t.across) return false;
  const from = Math.max(0, t.clip[0]), to = Math.min(t.across, t.clip[2]);
  if (t.line < t.clip[1] || t.line > Math.min(t.clip[3], t.canvas.height) || t.right <= from || t.left >= to) return false;
  const isCut = t.left < from - 1 || t.right > to + 1, isNumber = t.text.length <= 20 && /^[-+$]*[0-9]/.test(t.text);
  return isCut && (isNumber || t.clip[2] < t.across);
}).map(t => t.text)"""


def watch_tables(context: BrowserContext) -> None:
    """Note from now on what tables draw on every page of a context."""
    context.add_init_script(_WATCH)


def cut_texts(page: Page, *, width: int, height: int = 6000) -> list[str]:
    """Return the numbers that are seen in part, and the names and headings that do not fit their column.

    Parameters
    ----------
    page : Page
        Of a context that watches its tables.
    width, height : int, pixels
        The screen; so high that every table is drawn.
    """
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function("() => performance.now() - window.lastDrawn > 400")
    return page.evaluate(_CUT)


def drawn_texts(page: Page) -> list[str]:
    """Return every text that a table has drawn."""
    return page.evaluate("() => [...window.drawnTexts.values()].map(t => t.text)")
