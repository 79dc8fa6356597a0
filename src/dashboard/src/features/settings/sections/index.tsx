import type { Form } from '../Fields';
import type { Section } from '../model';
import { AppSection } from './AppSection';
import { BackupSection } from './BackupSection';
import { FilesSection } from './FilesSection';
import { JsonSection } from './JsonSection';
import { LimitsSection } from './LimitsSection';
import { LogsSection } from './LogsSection';
import { MailSection } from './MailSection';
import { NetworkSection } from './NetworkSection';

/** What every section is given. `unsaved`: something of it was changed, so trying it out would try what is still on the server. */
export interface SectionProps {
  form: Form;
  unsaved: boolean;
}

const all: Record<Section, (props: SectionProps) => React.ReactNode> = {
  app: AppSection,
  mail: MailSection,
  files: FilesSection,
  backups: BackupSection,
  logs: LogsSection,
  limits: LimitsSection,
  network: NetworkSection,
  json: JsonSection,
};

/** The fields of one section. */
export function SectionFields({ section, ...props }: { section: Section } & SectionProps) {
  const Fields = all[section];
  return <Fields {...props} />;
}
