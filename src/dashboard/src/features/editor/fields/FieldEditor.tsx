import { Skeleton } from '@mantine/core';
import type { CollectionModel } from 'pocketbase';
import { lazy, memo, Suspense } from 'react';
import { DateField } from './DateField';
import { FilesField } from './FilesField';
import { AddressField, BoolField, NumberField, PasswordField, SelectField, TextField } from './PlainFields';
import type { FieldProps } from './props';
import { RelationField } from './RelationField';

const RichTextField = lazy(() => import('./RichTextField'));
const JsonField = lazy(() => import('./JsonField'));
const PointField = lazy(() => import('./PointField'));

interface Any extends Omit<FieldProps<unknown>, 'onChange'> {
  collection: CollectionModel;
  onChange: (name: string, value: unknown) => void;
}

/** The editor for the type of a field. */
export const FieldEditor = memo(function FieldEditor({ onChange, collection, ...given }: Any) {
  const { field } = given;
  // The form keeps a value of the shape that the type asks for, see model/values.ts.
  const props = <T,>() => ({ ...given, onChange: (value: T) => onChange(field.name, value) }) as FieldProps<T>;
  switch (field.type) {
    case 'number':
      return <NumberField {...props<number | ''>()} />;
    case 'bool':
      return <BoolField {...props<boolean>()} />;
    case 'email':
    case 'url':
      return <AddressField {...props<string>()} />;
    case 'select':
      return <SelectField {...props<string[]>()} />;
    case 'password':
      return <PasswordField {...props<string>()} />;
    case 'date':
      return <DateField {...props<string>()} />;
    case 'relation':
      return <RelationField {...props<string[]>()} />;
    case 'file':
      return <FilesField {...props<(string | File)[]>()} collection={collection} />;
    case 'editor':
      return heavy(<RichTextField {...props<string>()} />);
    case 'json':
      return heavy(<JsonField {...props<string>()} />);
    case 'geoPoint':
      return heavy(<PointField {...props<{ lon: number; lat: number }>()} />);
    default:
      return <TextField {...props<string>()} />;
  }
});

const heavy = (editor: React.ReactNode) => <Suspense fallback={<Skeleton h={140} />}>{editor}</Suspense>;
