// SPDX-License-Identifier: GPL-3.0-or-later
// Drawings of beauty products, on a 120 x 120 sheet. Class names are paints, see styles/illustrations.css.

export const BEAUTY = {
  lipstick: `
    <ellipse class="f-shadow" cx="60" cy="107" rx="24" ry="3.5"/>
    <path class="f-main" d="M48 52V28c0-8 10-14 24-16v40Z"/>
    <path class="f-shade" d="M64 14c3-1 5-2 8-2v40h-8Z"/>
    <path class="f-light" d="M52 46V30c0-3 1-5 3-7v23Z"/>
    <path class="f-metal" d="M44 50h32v20H44Z"/>
    <path class="f-yolk" d="M44 50h32v20H44Z" opacity=".55"/>
    <path class="f-pale" d="M49 50h4v20h-4Z" opacity=".7"/>
    <rect class="f-ink" x="39" y="68" width="42" height="38" rx="4"/>
    <path class="f-pale" d="M45 72h4v30h-4Z" opacity=".22"/>`,

  cream: `
    <ellipse class="f-shadow" cx="60" cy="101" rx="42" ry="3.5"/>
    <path class="f-pale" d="M20 52h80v36a12 12 0 0 1-12 12H32a12 12 0 0 1-12-12Z"/>
    <path class="f-steel" d="M86 52h14v36a12 12 0 0 1-12 12h-6c6-14 6-34 4-48Z" opacity=".3"/>
    <rect class="f-main" x="16" y="28" width="88" height="27" rx="6"/>
    <path class="f-shade" d="M88 28h10a6 6 0 0 1 6 6v15a6 6 0 0 1-6 6H88Z"/>
    <rect class="f-light" x="22" y="33" width="44" height="4" rx="2"/>
    <circle class="f-main" cx="56" cy="76" r="11"/>
    <path class="f-pale" d="M56 69c6 6 6 13 0 14-6-1-6-8 0-14Z"/>`,

  perfume: `
    <ellipse class="f-shadow" cx="60" cy="106" rx="34" ry="3.5"/>
    <rect class="f-ink" x="49" y="10" width="22" height="17" rx="3"/>
    <path class="f-metal" d="M51 27h18v11H51Z"/>
    <path class="f-yolk" d="M51 27h18v11H51Z" opacity=".55"/>
    <rect class="f-light" x="26" y="36" width="68" height="69" rx="13"/>
    <path class="f-main" d="M32 58c14-6 42 6 56-2v37a6 6 0 0 1-6 6H38a6 6 0 0 1-6-6Z"/>
    <path class="f-shade" d="M80 58c3 0 6-1 8-2v37a6 6 0 0 1-6 6h-6c4-12 5-28 4-41Z"/>
    <rect class="f-pale" x="44" y="66" width="32" height="20" rx="2"/>
    <path class="l-ink" stroke-width="2" d="M51 73h18M55 79h10"/>
    <path class="l-pale" stroke-width="3" d="M33 50a8 8 0 0 1 7-7"/>`,

  brush: `
    <ellipse class="f-shadow" cx="60" cy="108" rx="22" ry="3"/>
    <path class="l-ink" stroke-width="2.5" d="M36 24h-7M36 33h-8M36 42h-8M36 51h-7M84 24h7M84 33h8M84 42h8M84 51h7"/>
    <path class="f-main" d="M60 8c18 0 27 13 27 30S76 68 68 72l-2 30a6 6 0 0 1-12 0l-2-30c-8-4-19-17-19-34S42 8 60 8Z"/>
    <path class="f-shade" d="M66 8c14 3 21 15 21 30S76 68 68 72l-2 30a6 6 0 0 1-6 6V74c16-8 20-40 6-66Z"/>
    <ellipse class="f-light" cx="60" cy="38" rx="18" ry="23"/>
    <g class="f-ink">
      <circle cx="60" cy="24" r="2.2"/><circle cx="51" cy="31" r="2.2"/><circle cx="69" cy="31" r="2.2"/>
      <circle cx="60" cy="38" r="2.2"/><circle cx="51" cy="45" r="2.2"/><circle cx="69" cy="45" r="2.2"/>
      <circle cx="60" cy="52" r="2.2"/>
    </g>`,
};
