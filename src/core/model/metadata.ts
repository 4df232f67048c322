/** The platform's init metadata, complete, usable or not. What can be chosen is decided in choices.ts. */
export interface Metadata {
  lines: LineEntry[];
  scripts: ScriptEntry[];
  quietHours: NamedEntry[];
  redialRules: (NamedEntry & { remark: string | null; enabled: boolean })[];
  agentGroups: AgentGroupEntry[];
}

export interface NamedEntry {
  id: string;
  name: string;
}

export interface LineEntry extends NamedEntry {
  /** Free concurrency (`residue`); may be 0 or below. */
  free: number;
  /** Total concurrency (`call_line`); null when the platform did not say. */
  total: number | null;
  /** Caller number, only ever shown masked. */
  callerNumber: string | null;
}

export interface ScriptEntry extends NamedEntry {
  /** Every prompt is spoken by text-to-speech. */
  debug: boolean;
  deleted: boolean;
}

export interface AgentGroupEntry extends NamedEntry {
  /** The transfer line; a group without one cannot be used. */
  lineId: string | null;
  enabled: boolean;
}
