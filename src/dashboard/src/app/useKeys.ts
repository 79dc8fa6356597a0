import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { paths } from './paths';

const togetherMs = 1_200;

/** Whether a key goes into something that is written in. */
const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** The keys that work on every page: `?` shows all of them, `g` and a letter go to a page. Nothing happens while somebody writes or answers a dialog. */
export function useKeys(showKeys: () => void): void {
  const navigate = useNavigate();
  const goAt = useRef(0);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting(event.target)) return;
      if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      const path = event.timeStamp - goAt.current < togetherMs ? paths[event.key] : undefined;
      goAt.current = event.key === 'g' ? event.timeStamp : 0;
      if (path) navigate(path.to);
      else if (event.key === '?') showKeys();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate, showKeys]);
}
