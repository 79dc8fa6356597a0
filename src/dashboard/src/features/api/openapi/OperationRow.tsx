import { Code, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { MethodText } from '~/ui/texts/MethodText';
import { StatusText } from '~/ui/texts/StatusText';
import classes from '../api.module.css';
import { type ApiDocument, bodyOf, type Found, typeOf } from './document';
import { Shape } from './Shape';

/** One address of the API: what it does, and on demand what goes in and what comes out. */
export function OperationRow({ operation, document }: { operation: Found; document: ApiDocument }) {
  const [opened, { toggle }] = useDisclosure();
  const { method, path, summary } = operation;
  return (
    <div className={classes.operation}>
      <UnstyledButton className={classes.operationHead} onClick={toggle} aria-expanded={opened}>
        <MethodText method={method} />
        <span className={classes.path}>{path}</span>
        <Text span size="sm" className={classes.summary}>
          {summary}
        </Text>
      </UnstyledButton>
      {opened && <Detail operation={operation} document={document} />}
    </div>
  );
}

function Detail({ operation, document }: { operation: Found; document: ApiDocument }) {
  const { t } = useTranslation('api');
  const { parameters = [], requestBody, responses = {}, 'x-access': access } = operation;
  return (
    <Stack gap="sm" className={classes.detail}>
      {operation.description && <Text size="sm">{operation.description}</Text>}
      {access && (
        <Text size="sm">
          {t('openapi.access')}: <Code>{access}</Code>
        </Text>
      )}
      {parameters.length > 0 && (
        <div>
          <Text fw={600} size="sm">
            {t('openapi.parameters')}
          </Text>
          <Table verticalSpacing={3} withRowBorders={false}>
            <Table.Tbody>
              {parameters.map((parameter) => (
                <Table.Tr key={`${parameter.in} ${parameter.name}`}>
                  <Table.Td w="30%">
                    <Code>{parameter.name}</Code>
                  </Table.Td>
                  <Table.Td>
                    <Text span size="sm" c="dimmed">
                      {typeOf(parameter.schema)}
                    </Text>{' '}
                    <Text span size="sm">
                      {parameter.description}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {requestBody && (
        <div>
          <Text fw={600} size="sm">
            {t('openapi.body')}
          </Text>
          <Shape schema={bodyOf(requestBody)} document={document} sent />
        </div>
      )}
      {Object.entries(responses)
        .filter(([status]) => status !== 'default')
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([status, response]) => (
          <div key={status}>
            <Text size="sm" component="div">
              <StatusText status={Number(status)} /> {response.description}
            </Text>
            {Number(status) < 300 && <Shape schema={bodyOf(response)} document={document} />}
          </div>
        ))}
    </Stack>
  );
}
