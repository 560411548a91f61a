// SPDX-License-Identifier: GPL-3.0-or-later
// Drawings of toys and games, on a 120 x 120 sheet. Class names are paints, see styles/illustrations.css.

export const TOYS = {
  teddy: `
    <ellipse class="f-shadow" cx="60" cy="107" rx="38" ry="3.5"/>
    <ellipse class="f-shade" cx="31" cy="72" rx="10" ry="17" transform="rotate(28 31 72)"/>
    <ellipse class="f-shade" cx="89" cy="72" rx="10" ry="17" transform="rotate(-28 89 72)"/>
    <ellipse class="f-main" cx="60" cy="80" rx="27" ry="26"/>
    <ellipse class="f-light" cx="60" cy="82" rx="16" ry="17"/>
    <circle class="f-main" cx="36" cy="97" r="12"/><circle class="f-main" cx="84" cy="97" r="12"/>
    <circle class="f-light" cx="36" cy="98" r="6"/><circle class="f-light" cx="84" cy="98" r="6"/>
    <circle class="f-main" cx="38" cy="20" r="11"/><circle class="f-main" cx="82" cy="20" r="11"/>
    <circle class="f-shade" cx="38" cy="20" r="5.5"/><circle class="f-shade" cx="82" cy="20" r="5.5"/>
    <ellipse class="f-main" cx="60" cy="38" rx="29" ry="26"/>
    <ellipse class="f-light" cx="60" cy="47" rx="13" ry="10.5"/>
    <circle class="f-ink" cx="48" cy="35" r="3.2"/><circle class="f-ink" cx="72" cy="35" r="3.2"/>
    <path class="f-ink" d="M55 42h10c1 4-3 6-5 6s-6-2-5-6Z"/>
    <path class="l-ink" stroke-width="2" d="M60 47v4"/>`,

  blocks: `
    <ellipse class="f-shadow" cx="60" cy="105" rx="50" ry="3.5"/>
    <rect class="f-main" x="14" y="60" width="44" height="44" rx="5"/>
    <path class="f-shade" d="M14 94h44v5a5 5 0 0 1-5 5H19a5 5 0 0 1-5-5Z"/>
    <path class="f-pale" d="M30 90 36 70l6 20h-3l-1-4h-4l-1 4Zm5-7h2l-1-4Z"/>
    <rect class="f-light" x="62" y="60" width="44" height="44" rx="5"/>
    <path class="f-main" d="M62 94h44v5a5 5 0 0 1-5 5H67a5 5 0 0 1-5-5Z" opacity=".6"/>
    <circle class="f-shade" cx="84" cy="78" r="10"/>
    <rect class="f-shade" x="38" y="14" width="44" height="44" rx="5"/>
    <path class="f-ink" d="M38 48h44v5a5 5 0 0 1-5 5H43a5 5 0 0 1-5-5Z" opacity=".25"/>
    <path class="f-pale" d="m60 22 4 8 8 1-6 6 2 8-8-4-8 4 2-8-6-6 8-1Z"/>`,

  puzzle: `
    <ellipse class="f-shadow" cx="60" cy="106" rx="44" ry="3.5"/>
    <path class="f-shade" d="M18 32a6 6 0 0 1 6-6h22c-6-14 22-14 16 0h22a6 6 0 0 1 6 6v20c14-6 14 24 0 18v28a6 6 0 0 1-6 6H62c6-15-22-15-16 0H24a6 6 0 0 1-6-6V72c15 6 15-24 0-18Z"/>
    <path class="f-main" d="M18 30a6 6 0 0 1 6-6h22c-6-14 22-14 16 0h22a6 6 0 0 1 6 6v20c14-6 14 24 0 18v26a6 6 0 0 1-6 6H62c6-15-22-15-16 0H24a6 6 0 0 1-6-6V70c15 6 15-24 0-18Z"/>
    <path class="l-light" stroke-width="3.5" d="M26 44V36c0-3 1-4 4-4h12"/>`,

  "board-game": `
    <ellipse class="f-shadow" cx="60" cy="104" rx="50" ry="3.5"/>
    <rect class="f-wood" x="12" y="38" width="96" height="65" rx="5"/>
    <rect class="f-bark" x="12" y="94" width="96" height="9" rx="4.5"/>
    <rect class="f-pale" x="20" y="46" width="80" height="42" rx="2"/>
    <path class="f-main" d="M20 46h16v14H20ZM52 46h16v14H52ZM84 46h16v14H84ZM36 60h16v14H36ZM68 60h16v14H68ZM20 74h16v14H20ZM52 74h16v14H52ZM84 74h16v14H84Z"/>
    <path class="f-shade" d="M36 66c4-8 8-14 6-22h-4v-5h7a10 10 0 1 1 10 0h7v5h-4c-2 8 2 14 6 22Z"/>
    <path class="f-light" d="M45 24a6 6 0 0 1 5-4l1 3c-2 1-3 2-3 4Z"/>
    <rect class="f-ink" x="72" y="36" width="22" height="22" rx="4" transform="rotate(14 83 47)"/>
    <g class="f-pale"><circle cx="79" cy="41.5" r="2.2"/><circle cx="83" cy="47" r="2.2"/><circle cx="87" cy="52.5" r="2.2"/></g>`,

  "car-toy": `
    <ellipse class="f-shadow" cx="60" cy="101" rx="50" ry="3.5"/>
    <path class="f-main" d="M30 58c4-18 10-26 22-26h14c14 0 20 12 26 26 12 1 20 5 20 16v10a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6V74c0-11 10-15 22-16Z"/>
    <path class="f-shade" d="M8 76h104v8a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6Z"/>
    <path class="f-pale" d="M38 56c3-11 7-16 14-16h4v16ZM61 40h5c9 0 13 8 17 16H61Z" opacity=".92"/>
    <rect class="f-light" x="96" y="66" width="12" height="7" rx="3.5"/>
    <path class="l-light" stroke-width="2.5" d="M18 67h20"/>
    <circle class="f-ink" cx="34" cy="88" r="13"/><circle class="f-ink" cx="86" cy="88" r="13"/>
    <circle class="f-metal" cx="34" cy="88" r="5.5"/><circle class="f-metal" cx="86" cy="88" r="5.5"/>`,
};
