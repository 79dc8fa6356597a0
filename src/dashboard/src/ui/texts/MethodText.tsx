import classes from './MethodText.module.css';

/** An HTTP method; one that changes something stands out. */
export function MethodText({ method }: { method: string }) {
  return (
    <span className={classes.method} data-writes={['GET', 'HEAD', 'OPTIONS'].includes(method) ? undefined : true}>
      {method}
    </span>
  );
}
