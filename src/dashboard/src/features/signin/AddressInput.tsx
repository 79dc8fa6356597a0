import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface AddressInputProps {
  value: string;
  onChange: (value: string) => void;
  /** What the browser may fill in (HTML, autofill). */
  autoComplete?: string;
  readOnly?: boolean;
}

/** Asks whose sign-in it is. */
export function AddressInput({ onChange, ...input }: AddressInputProps) {
  const { t } = useTranslation('signin');
  return (
    <TextInput label={t('email')} type="email" onChange={(event) => onChange(event.currentTarget.value)} required withAsterisk={false} {...input} />
  );
}
