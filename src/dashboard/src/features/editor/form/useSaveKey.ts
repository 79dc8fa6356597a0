import { useEffect, useRef } from 'react';

// Forms can lie over each other; the key belongs to the one on top.
const open: object[] = [];

/** Calls back on Ctrl+S (Cmd+S) as long as this form is the topmost one. */
export function useSaveKey(save: () => void): void {
  const saving = useRef(save);
  saving.current = save;
  useEffect(() => {
    const self = {};
    open.push(self);
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      if (open.at(-1) === self) saving.current();
    };
    window.addEventListener('keydown', press);
    return () => {
      open.splice(open.indexOf(self), 1);
      window.removeEventListener('keydown', press);
    };
  }, []);
}
