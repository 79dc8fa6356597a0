import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { onExpired, pb } from '~/api/client';
import { forgetKept } from '~/api/kept';
import { queries } from '~/api/queries';
import { mayForget } from './mayForget';

const SignInAgain = lazy(async () => ({ default: (await import('~/features/signin')).SignInAgain }));

const renewEveryMs = 30 * 60_000;

/**
 * Lets only superusers through. When the sign-in ends while a page is open, it is asked for over that page, which stays as it is;
 * who comes without one is sent to the sign-in, and back afterwards.
 */
export function SignedIn({ children }: { children: ReactNode }) {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const [who, setWho] = useState(() => (pb.authStore.isValid && pb.authStore.isSuperuser ? pb.authStore.record : null));
  const [ended, setEnded] = useState(false);
  const [left, setLeft] = useState(false);
  const own = who?.id;

  useEffect(() => onExpired(() => setEnded(true)), []);

  // Signing out or in, here or in another tab of this browser. When somebody else is in, all that the page holds is the other's: it goes before anything of it
  // can be sent in the new name, and then the page begins anew. Without what it shows nothing asks whether to leave it.
  useEffect(
    () =>
      pb.authStore.onChange((token, record) => {
        if (!token) {
          setWho(null);
          queries.clear();
        } else if (record && own && record.id !== own) {
          flushSync(() => setLeft(true));
          location.reload();
        } else if (record) setWho(record);
      }),
    [own],
  );

  useEffect(() => {
    const renew = () => {
      if (!pb.authStore.token) return;
      if (!pb.authStore.isValid) return setEnded(true);
      if (document.visibilityState === 'visible')
        pb.collection('_superusers')
          .authRefresh()
          .catch(() => {});
    };
    const timer = setInterval(renew, renewEveryMs);
    // A token ends by the clock too, while a laptop sleeps.
    const look = () => pb.authStore.token && !pb.authStore.isValid && setEnded(true);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);

  if (left) return null;
  if (!who) return <Navigate to={`/signin?to=${encodeURIComponent(pathname + search)}`} replace />;
  const again = () => {
    setEnded(false);
    void queries.invalidateQueries();
  };
  const leave = async () => {
    if (!(await mayForget())) return;
    pb.authStore.clear();
    queries.clear();
    forgetKept(who.id);
    navigate('/signin', { replace: true });
  };
  return (
    <>
      {children}
      {ended && (
        <Suspense>
          <SignInAgain email={String(who.email)} done={again} leave={() => void leave()} />
        </Suspense>
      )}
    </>
  );
}
