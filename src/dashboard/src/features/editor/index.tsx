export { RecordPage } from './RecordPage';
export { RecordPanel, type RecordPanelProps } from './RecordPanel';
