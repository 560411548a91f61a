// SPDX-License-Identifier: GPL-3.0-or-later
// Drawings of clothes, shoes and accessories, on a 120 x 120 sheet. Class names are paints, see styles/illustrations.css.

export const CLOTHING = {
  "running-shoe": `
    <ellipse class="f-shadow" cx="60" cy="98" rx="52" ry="3.5"/>
    <path class="f-main" d="M14 44c8 6 18 6 24-2l4-6c8 6 12 16 22 22 14 8 36 8 44 18 2 3 2 6 2 10H12c-2-14-4-32 2-42Z"/>
    <path class="f-shade" d="M14 44c8 6 14 6 20 2-4 14 4 28 24 32l-8 8H12c-2-14-4-32 2-42Z"/>
    <path class="f-light" d="M84 66c12 2 20 4 24 10 2 3 2 6 2 10H88c6-6 4-14-4-20Z"/>
    <path class="l-pale" stroke-width="3" d="m50 46-7 7M57 53l-7 8M65 59l-6 8M73 63l-4 8"/>
    <path class="l-pale" stroke-width="4" d="M22 76c14 0 28-4 36-12"/>
    <path class="f-pale" d="M10 84h102c2 8-2 12-10 12H20c-7 0-10-4-10-12Z"/>
    <path class="f-ink" d="M12 91h99c-1 4-4 6-9 6H20c-5 0-7-2-8-6Z"/>`,

  sneaker: `
    <ellipse class="f-shadow" cx="60" cy="99" rx="50" ry="3.5"/>
    <path class="f-main" d="M18 38c10 5 22 4 30-2l22 26c14 3 34 4 36 22H14c0-16 0-32 4-46Z"/>
    <path class="f-shade" d="M18 38c4 2 9 3 14 3l4 43H14c0-16 0-32 4-46Z"/>
    <path class="f-pale" d="M86 66c12 2 19 6 20 18H82c0-8 0-14 4-18Z"/>
    <path class="l-pale" stroke-width="3" d="m55 45-10 7M62 53l-9 7M69 61l-8 7"/>
    <circle class="f-light" cx="24" cy="62" r="5"/>
    <path class="f-pale" d="M12 82h96v7a8 8 0 0 1-8 8H20a8 8 0 0 1-8-8Z"/>
    <path class="f-main" d="M12 87h96v3H12Z"/>`,

  boot: `
    <ellipse class="f-shadow" cx="62" cy="105" rx="42" ry="3.5"/>
    <path class="f-main" d="M30 14h36l2 44c6 12 34 8 36 32H30c-4-26-2-52 0-76Z"/>
    <path class="f-shade" d="M30 14h14c-6 24-6 52-4 76H30c-4-26-2-52 0-76Z"/>
    <path class="f-light" d="M84 70c11 3 19 8 20 20H84c-6-8-6-14 0-20Z"/>
    <rect class="f-shade" x="27" y="11" width="42" height="9" rx="4.5"/>
    <path class="l-pale" stroke-width="3" d="M54 30h12M54 40h13M55 50h13M58 60l10-5"/>
    <path class="f-ink" d="M26 88h80v8a6 6 0 0 1-6 6H54l-4-4h-4v4H32a6 6 0 0 1-6-6Z"/>`,

  "t-shirt": `
    <ellipse class="f-shadow" cx="60" cy="107" rx="32" ry="3"/>
    <path class="f-shade" d="m82 20 30 20-12 20-12-6V40Z"/>
    <path class="f-shade" d="M38 20 8 40l12 20 12-6V40Z"/>
    <path class="f-main" d="M44 16c6 9 26 9 32 0l10 5c5 3 6 8 6 14v66a4 4 0 0 1-4 4H32a4 4 0 0 1-4-4V35c0-6 1-11 6-14Z"/>
    <path class="l-light" stroke-width="4" d="M43 17c6 13 28 13 34 0"/>
    <path class="l-shade" stroke-width="2" d="M34 50c2 16 2 36 0 50M86 50c-2 16-2 36 0 50"/>
    <rect class="f-pale" x="66" y="42" width="14" height="15" rx="2.5" opacity=".55"/>`,

  dress: `
    <ellipse class="f-shadow" cx="60" cy="109" rx="38" ry="3"/>
    <path class="l-main" stroke-width="4" d="M46 26 48 10M74 26 72 10"/>
    <path class="f-main" d="M44 22c6 9 26 9 32 0l3 14c1 7-3 10-4 15 6 18 18 36 23 54-18 6-58 6-76 0 5-18 17-36 23-54-1-5-5-8-4-15Z"/>
    <path class="f-shade" d="M76 22l3 14c1 7-3 10-4 15 6 18 18 36 23 54-6 2-14 3-22 4 0-20-6-40-12-58 8-8 8-18 12-29Z"/>
    <path class="l-light" stroke-width="2.5" d="M51 62c-4 12-9 26-11 40M58 62c0 12-2 28-2 42"/>
    <path class="f-ink" d="M44 48h32v6H44Z" opacity=".85"/>`,

  jacket: `
    <ellipse class="f-shadow" cx="60" cy="107" rx="34" ry="3"/>
    <path class="f-shade" d="M36 24C20 30 16 60 12 92c4 4 12 4 16 1l10-40ZM84 24c16 6 20 36 24 68-4 4-12 4-16 1L82 53Z"/>
    <path class="f-main" d="M46 18h28l14 8c3 4 4 10 4 16v60a3 3 0 0 1-3 3H31a3 3 0 0 1-3-3V42c0-6 1-12 4-16Z"/>
    <path class="f-shade" d="M46 12h28l4 12-18 16-18-16Z"/>
    <path class="f-light" d="M50 14h20l-10 18Z"/>
    <path class="l-pale" stroke-width="2.5" d="M60 38v66"/>
    <path class="l-shade" stroke-width="3" d="m36 80 12-6M84 80l-12-6"/>
    <path class="f-shade" d="M28 96h64v6a3 3 0 0 1-3 3H31a3 3 0 0 1-3-3Z"/>
    <rect class="f-pale" x="68" y="48" width="12" height="4" rx="2"/>`,

  jeans: `
    <ellipse class="f-shadow" cx="60" cy="109" rx="34" ry="3"/>
    <path class="f-main" d="M34 12h52l8 94H68L60 48l-8 58H26Z"/>
    <path class="f-shade" d="M74 12h12l8 94H80c2-30 0-64-6-94ZM60 34v14l-8 58H42c8-20 14-46 18-72Z"/>
    <path class="f-shade" d="M34 12h52l.6 9H33.400Z"/>
    <path class="l-light" stroke-width="2" d="M60 22v24M38 24c2 8 8 10 12 9M82 24c-2 8-8 10-12 9M29 98h22M69 98h22"/>
    <circle class="f-yolk" cx="60" cy="16.5" r="2.5"/>
    <path class="f-wood" d="M42 10h4v12h-4ZM74 10h4v12h-4Z"/>`,

  backpack: `
    <ellipse class="f-shadow" cx="60" cy="107" rx="36" ry="3.5"/>
    <path class="l-ink" stroke-width="5" d="M48 20c0-14 24-14 24 0"/>
    <path class="f-shade" d="M22 60h8v34h-8a6 6 0 0 1-6-6V66a6 6 0 0 1 6-6ZM90 60h8a6 6 0 0 1 6 6v22a6 6 0 0 1-6 6h-8Z"/>
    <path class="f-main" d="M26 46a30 30 0 0 1 30-28h8a30 30 0 0 1 30 28v50a10 10 0 0 1-10 10H36a10 10 0 0 1-10-10Z"/>
    <path class="f-shade" d="M78 22a30 30 0 0 1 16 24v50a10 10 0 0 1-10 10h-6c6-24 6-60 0-84Z"/>
    <path class="l-light" stroke-width="3" d="M40 44a20 18 0 0 1 14-14"/>
    <path class="l-ink" stroke-width="3" d="M36 54h48"/>
    <rect class="f-light" x="36" y="66" width="48" height="32" rx="7"/>
    <path class="f-main" d="M36 73a7 7 0 0 1 7-7h34a7 7 0 0 1 7 7v6H36Z"/>
    <rect class="f-ink" x="57" y="75" width="6" height="10" rx="2"/>`,

  watch: `
    <ellipse class="f-shadow" cx="60" cy="112" rx="20" ry="3"/>
    <path class="f-main" d="M46 36 49 8h22l3 28ZM46 84l3 28h22l3-28Z"/>
    <path class="f-shade" d="M66 8h5l3 28h-7ZM66 112h5l3-28h-7Z"/>
    <path class="l-shade" stroke-width="2" d="M57 98h6M57 104h6"/>
    <rect class="f-steel" x="88" y="56" width="7" height="9" rx="2"/>
    <circle class="f-steel" cx="60" cy="60" r="30"/>
    <circle class="f-metal" cx="59" cy="59" r="28.5"/>
    <circle class="f-ink" cx="60" cy="60" r="24"/>
    <path class="l-pale" stroke-width="2" d="M60 40v4M60 76v4M40 60h4M76 60h4"/>
    <path class="l-pale" stroke-width="3" d="M60 60V47M60 60l9 6"/>
    <path class="l-yolk" stroke-width="1.5" d="m60 60-8 12"/>
    <circle class="f-yolk" cx="60" cy="60" r="2.5"/>`,

  sunglasses: `
    <ellipse class="f-shadow" cx="60" cy="92" rx="48" ry="3"/>
    <path class="l-shade" stroke-width="5" d="M14 52 20 32c1-5 8-7 12-4M106 52l-6-20c-1-5-8-7-12-4"/>
    <path class="l-main" stroke-width="6" d="M50 56c4-6 16-6 20 0"/>
    <path class="f-main" d="M8 48c14-4 34-4 46 0l2 10c0 18-10 28-24 28S10 76 10 60Z"/>
    <path class="f-main" d="M112 48c-14-4-34-4-46 0l-2 10c0 18 10 28 24 28s22-10 22-26Z"/>
    <path class="f-ink" d="M15 54c10-3 26-3 35 0l1 5c0 14-8 21-19 21S15 72 15 60ZM105 54c-10-3-26-3-35 0l-1 5c0 14 8 21 19 21s17-8 17-20Z"/>
    <path class="f-pale" d="M20 58c6-2 12-2 16-2L22 72c-2-4-3-9-2-14ZM76 58c6-2 10-2 14-2L78 72c-2-4-3-9-2-14Z" opacity=".28"/>`,
};
