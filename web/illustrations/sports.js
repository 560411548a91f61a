// SPDX-License-Identifier: GPL-3.0-or-later
// Drawings of sports and outdoor things, on a 120 x 120 sheet. Class names are paints, see styles/illustrations.css.

export const SPORTS = {
  tent: `
    <ellipse class="f-shadow" cx="60" cy="101" rx="54" ry="3.5"/>
    <path class="l-wood" stroke-width="3" d="m52 20 8 8 8-8"/>
    <path class="f-shade" d="m60 24 52 76H60Z"/>
    <path class="f-main" d="m60 24 24 76H8Z"/>
    <path class="f-ink" d="m60 46 17 54H43Z"/>
    <path class="f-light" d="m60 46-17 54H34l26-62ZM60 46l17 54h7L60 38Z"/>
    <path class="l-steel" stroke-width="2" d="m8 100-4 2M112 100l4 2"/>`,

  bicycle: `
    <ellipse class="f-shadow" cx="60" cy="102" rx="54" ry="3"/>
    <circle class="l-ink" stroke-width="5" cx="29" cy="77" r="22"/>
    <circle class="l-ink" stroke-width="5" cx="91" cy="77" r="22"/>
    <path class="l-steel" stroke-width="1.5" d="M29 58v38M10 77h38M91 58v38M72 77h38M16 64l26 26M42 64 16 90M78 64l26 26M104 64 78 90"/>
    <path class="l-main" stroke-width="5" d="M29 77 46 42h34L56 77ZM46 42 56 77M91 77 79 34"/>
    <path class="l-ink" stroke-width="4" d="M76 32h10c5 0 6 7 2 9"/>
    <path class="l-steel" stroke-width="4" d="m46 42-3-9"/>
    <rect class="f-ink" x="33" y="28" width="22" height="6" rx="3"/>
    <circle class="f-steel" cx="56" cy="77" r="6"/>
    <path class="l-ink" stroke-width="3" d="m56 77 5 10h6"/>
    <circle class="f-light" cx="29" cy="77" r="3.5"/><circle class="f-light" cx="91" cy="77" r="3.5"/>`,

  ball: `
    <ellipse class="f-shadow" cx="60" cy="104" rx="34" ry="4"/>
    <circle class="f-main" cx="60" cy="60" r="43"/>
    <path class="f-shade" d="M80 22a43 43 0 1 1-58 58c40 10 66-20 58-58Z"/>
    <path class="l-ink" stroke-width="3" d="M60 17v86M17 60h86M30 30c18 18 18 42 0 60M90 30c-18 18-18 42 0 60"/>
    <path class="l-light" stroke-width="4" d="M28 46a34 34 0 0 1 9-14"/>`,

  "yoga-mat": `
    <ellipse class="f-shadow" cx="62" cy="103" rx="48" ry="3.5"/>
    <path class="f-light" d="M30 88h80c3 0 4 3 2 5l-6 9H30Z"/>
    <path class="f-main" d="M30 34h62a14 34 0 0 1 0 68H30Z"/>
    <path class="f-shade" d="M30 84h70c-2 12-6 18-12 18H30Z"/>
    <ellipse class="f-main" cx="30" cy="68" rx="15" ry="34"/>
    <path class="l-light" stroke-width="2.5" d="M30 42c-6 0-10 12-10 26s4 26 10 26 9-11 9-24-3-20-8-20-7 9-7 18 2 15 6 15 5-6 5-12-2-9-4-9"/>
    <path class="l-ink" stroke-width="4" d="M58 34c10 8 10 60 0 68M84 34c10 8 10 60 0 68"/>`,

  dumbbell: `
    <ellipse class="f-shadow" cx="60" cy="92" rx="50" ry="3.5"/>
    <rect class="f-metal" x="36" y="56" width="48" height="10" rx="3"/>
    <path class="l-steel" stroke-width="1.5" d="M46 56v10M50 56v10M54 56v10M58 56v10M62 56v10M66 56v10M70 56v10M74 56v10"/>
    <rect class="f-ink" x="4" y="50" width="10" height="22" rx="4"/>
    <rect class="f-ink" x="106" y="50" width="10" height="22" rx="4"/>
    <rect class="f-main" x="12" y="38" width="13" height="46" rx="5"/>
    <rect class="f-main" x="95" y="38" width="13" height="46" rx="5"/>
    <rect class="f-main" x="24" y="30" width="15" height="62" rx="5"/>
    <rect class="f-main" x="81" y="30" width="15" height="62" rx="5"/>
    <path class="f-shade" d="M12 68h13v11a5 5 0 0 1-5 5h-3a5 5 0 0 1-5-5ZM95 68h13v11a5 5 0 0 1-5 5h-3a5 5 0 0 1-5-5ZM24 72h15v15a5 5 0 0 1-5 5h-5a5 5 0 0 1-5-5ZM81 72h15v15a5 5 0 0 1-5 5h-5a5 5 0 0 1-5-5Z"/>
    <path class="l-light" stroke-width="2.5" d="M29 38v14M86 38v14"/>`,
};
