import { useQuery } from '@tanstack/react-query';
import type { CollectionField, RecordModel } from 'pocketbase';
import { pb } from '~/api/client';

/** Gives the address of a stored file, with a short-lived token when the field is protected. */
export function useFileAddress(field: CollectionField, record: RecordModel | null) {
  const protectedFiles = Boolean(field.protected) && record !== null;
  const { data: token } = useQuery({
    queryKey: ['fileToken'],
    queryFn: () => pb.files.getToken(),
    enabled: protectedFiles,
    staleTime: 90_000,
    refetchInterval: 120_000,
  });
  return (name: string, options: { thumb?: string; download?: boolean } = {}): string | undefined => {
    if (!record || (protectedFiles && !token)) return undefined;
    return pb.files.getURL(record, name, { ...options, ...(protectedFiles ? { token } : {}) });
  };
}
