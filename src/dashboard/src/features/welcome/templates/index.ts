import type { Template } from './template';

/** The apps to begin with; each is loaded when it is chosen. */
export const templates = {
  blog: async () => (await import('./blog')).blog,
  shop: async () => (await import('./shop')).shop,
  hotels: async () => (await import('./hotels')).hotels,
  tasks: async () => (await import('./tasks')).tasks,
} satisfies Record<string, () => Promise<Template>>;

export type TemplateName = keyof typeof templates;
export const templateNames = Object.keys(templates) as TemplateName[];
