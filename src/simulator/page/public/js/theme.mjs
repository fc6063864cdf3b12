import { fill, icon } from './dom.mjs';

const ORDER = ['system', 'light', 'dark'];
const KEPT = 'dss.theme';

const kept = () => {
  try {
    return localStorage.getItem(KEPT) ?? 'system';
  } catch {
    return 'system';
  }
};

function wear(theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const button = document.querySelector('#theme');
  const next = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
  button.title = `Colours: ${theme}. Press for ${next}.`;
  button.setAttribute('aria-label', button.title);
  fill(button, icon(theme));
  button.onclick = () => {
    try {
      localStorage.setItem(KEPT, next);
    } catch {
      // Worn until the page is loaded again.
    }
    wear(next);
  };
}

wear(ORDER.includes(kept()) ? kept() : 'system');
