// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as the shop writes them. The currency stands in <meta name="currency"> of index.html.

const currency = document.querySelector('meta[name="currency"]')?.content || "EUR";
const locale = document.documentElement.lang || "en";

const exact = new Intl.NumberFormat(locale, { style: "currency", currency });
const whole = new Intl.NumberFormat(locale, {
  style: "currency",
  currency,
  maximumFractionDigits: 0,
});
const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** "€1,089.90" */
export const money = (amount) => exact.format(amount);

/** "€1,090", for limits and labels; "€12.50" where it is not whole. */
export const limitMoney = (amount) =>
  Number.isInteger(amount) ? whole.format(amount) : exact.format(amount);

/** "1,204" */
export const count = (number) => integer.format(number);

/** "4.3" */
export const decimal = (number) => oneDecimal.format(number);

/** "1,204 products" */
export const products = (number) => `${count(number)} ${number === 1 ? "product" : "products"}`;

/** "0.4 ms" below ten milliseconds, else "37 ms". */
export const milliseconds = (time) =>
  `${time < 9.95 ? oneDecimal.format(time) : integer.format(time)} ms`;
