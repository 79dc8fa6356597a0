import i18next from 'i18next';
import resourcesToBackend from 'i18next-resources-to-backend';
import { initReactI18next } from 'react-i18next';
import { readBook } from './said';

/** The languages that the dashboard speaks. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const kept = 'hearth.language';
const areas = import.meta.glob<{ default: Record<string, unknown> }>(['../features/*/messages/*.ts', '../ui/*/messages/*.ts']);

/** The words of the page; components use `useTranslation(area)` instead. */
export const words = i18next;

// The words of an area come with the area; those that every page needs are in `common`.
const load = async (language: string, area: string) =>
  area === 'common'
    ? import(`./messages/${language}.ts`)
    : ((await (areas[`../features/${area}/messages/${language}.ts`] ?? areas[`../ui/${area}/messages/${language}.ts`])?.()) ?? { default: {} });

/** Loads the words of the viewer's language: what was chosen here before, else what the browser asks for, else English. */
export async function startWords(): Promise<void> {
  const wanted = localStorage.getItem(kept) ?? navigator.language.slice(0, 2);
  const language: Language = languages.find((one) => one === wanted) ?? 'en';
  i18next.on('languageChanged', (chosen) => {
    document.documentElement.lang = chosen;
  });
  const book = readBook(language);
  await i18next
    .use(initReactI18next)
    .use(resourcesToBackend(load))
    .init({ lng: language, fallbackLng: false, ns: ['common'], defaultNS: 'common', interpolation: { escapeValue: false }, returnNull: false });
  await book;
}

/** Changes the language and remembers it in this browser. */
export async function speak(language: Language): Promise<void> {
  localStorage.setItem(kept, language);
  await readBook(language);
  await i18next.changeLanguage(language);
}
