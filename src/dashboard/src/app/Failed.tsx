import { useRouteError } from 'react-router';
import { ErrorState } from '~/ui/States';

/** What stands in place of a page that failed. */
export function Failed() {
  return <ErrorState error={useRouteError()} retry={() => location.reload()} />;
}
