/** Written by `scripts/train-readability.ts`; read by `readability.ts`. Symbols in table order; the last row and column are the label's edge. */
export const SYMBOLS = 'abcdefghijklmnopqrstuvwxyz0123456789-_'

/** Bits per step of a code. */
export const STEP_BITS = 0.2

/** Alphabet of the codes, value = position. */
export const CODES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** One row per preceding symbol, one code per following symbol: -log2 P(following | preceding) / STEP_BITS. */
export const ROWS: readonly string[] = [
  'yYTWykY1ZxkPYQ/X3PUMdekjcu/565949747i/f',
  'PlilOvkvTfuNcyPk/WXhQn/6Y4740zw37443f/a',
  'QxeuQz/PY5UWq+Ln8VePX/49k//313/04343g/c',
  'TmkaLokwOvvdloWl/aZjZpurk6wpnooqpopoR/N',
  'WjVSechqkvuXZRkbjOQVoeiZm02ttsttttstV/R',
  'SrlvPT1/K//WumNu/VeaW//0a/8zwx0tyzx0b/X',
  'YpmsLpbVTzxYjabk5Tblav2/twzopooqnonoQ/M',
  'NmpsK05yQ/0fhlPi0ZgUbnz/f/2xuswutvssW/T',
  'ZfUWXbX6z3qWXKRc0bTRta7j/c//7///////n/j',
  'S55kK55pXk5p55Qfx5I5Sja55555555x55x5o5i',
  'XbfcKhfoPrwaoccj6gRljmi/k/0uosntqqprS/O',
  'RkhZMmytN7pSwsQi/nZaWis+V/5yvvxxwwyxY/U',
  'NYmgLwq0QzxdZjRQ/sZmbqy5i/5yyx2zpz0ya/X',
  'VqVSScOpYuginfYj/qSNdfx4lx3uvuuuuuuuW/T',
  'ddYXpedxfpeVULaV/OXYUbYjr4/277435/42h/e',
  'OqpiPrkdW/vSlqPW/OYUZ4ysn/7y3z0100z0b/Y',
  'k4444444s44T4q444eb4B4444444444444wsj4e',
  'RnbbKjiwR/hhbdQi/aVWegp/b/0vvwuuvwvvX/T',
  'cvYmOkxZT3kelkYYrmWOYskpg/woooopnoqpQ/M',
  'SobkMnsUN12gkpTh9TVbbsn2a72uuuuwttutV/S',
  'YXXeUhZ4Y5pTWPqUyPPPx//n32/96577/975l/h',
  'MzsvF/mqL/9rw/Z//tmsnv/uy/5x33y93539g/c',
  'OqgjOylSN7sfiVTe/TSly/tqo73xwuuxxwwuX/U',
  'WpXmSokiS5/mdnkN/hfL/5/mb5xpomvsgtrqS/P',
  'beegbhnobvrXZXXR6hWbn+h61mrkmkkmlmmlN/J',
  'P555F55xP55h55U55555g55xXb5xx5x5555xc5a',
  '88888888888888888888888s88cdaaZabebcM8E',
  '////////////////////////0/WVWWUVWWWVP/H',
  '/////////4//////////4/////WXVWWVWWXWP/H',
  '//3///////////////////////WVVWVWVWXWP/H',
  '//////////////////////////WWWVXWWWXVP/H',
  '//////////////////////////WVVWVWWVXVQ/H',
  '//////////////////////////WWVVTVXVXUP/I',
  '//////////////////////////WWWWWWVVVVQ/H',
  '3/3///////////////////////UWVVWXUXVWP/H',
  '//////////////////////////VVWWVWWWWWP/H',
  'VaTXZZdeXknaZdbVpWTVcgdrryhaZaZZZZZZ///',
  'UYRUWXacVhoYXaZSpURTafarmz///////////w/',
  'UYRVXXbcWilZXbaTnURUbectpv///////////T/',
]
