// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).

export interface Bot {
  id: number;
  name: string;
  jid: string;
  mode: 'personal' | 'dedicated' | 'cloud';
  status: 'active' | 'disabled';
  description: string;
  /** Unix seconds. */
  created_at: number;
  /** Absent where it may not be shown, empty when revoked. */
  token?: string;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed' | 'unavailable';
  last_active: number | null;
}

export interface BridgeMessageUpdate {
  update_id: number;
  type: 'bridge_message';
  data: Record<string, unknown>;
}

export interface DeletedMessageUpdate {
  update_id: number;
  type: 'deleted_message';
  data: {
    from: string;
    to: string;
    body: string;
    type: 'chat' | 'groupchat';
    stanza_id: string;
    timestamp: number;
    room?: string;
    nick?: string;
    id?: string;
    resource?: string;
    encrypted?: true;
  };
}

export interface Device {
  jid: string;
  device: number;
  /** Null until its keys were seen. */
  fingerprint: string | null;
  /** A new device may chat; its commands wait until it is trusted. */
  trust: 'trusted' | 'new' | 'distrusted';
  label: string | null;
  /** Where it is listed now; empty: it is gone. */
  versions: ('omemo2' | 'legacy')[];
  /** Unix seconds. */
  first_seen: number;
  /** Unix seconds of its last message. */
  last_seen: number | null;
}

export interface EditedMessageUpdate {
  update_id: number;
  type: 'edited_message';
  data: {
    from: string;
    to: string;
    body: string;
    type: 'chat' | 'groupchat';
    stanza_id: string;
    timestamp: number;
    room?: string;
    nick?: string;
    id?: string;
    resource?: string;
    encrypted?: true;
    reply_to?: string;
    mentioned?: true;
    files?: {
      name: string;
      size?: number;
      type?: string;
      url: string;
      expires: number;
    }[];
  };
}

export interface MessageStateUpdate {
  update_id: number;
  type: 'message_state';
  data: {
    from: string;
    to: string;
    body: string;
    type: 'chat' | 'groupchat';
    stanza_id: string;
    timestamp: number;
    room?: string;
    nick?: string;
    state: 'acked' | 'delivered' | 'displayed' | 'failed';
    reason?: string;
  };
}

export interface MessageUpdate {
  update_id: number;
  type: 'message';
  data: {
    from: string;
    to: string;
    body: string;
    type: 'chat' | 'groupchat';
    stanza_id: string;
    timestamp: number;
    room?: string;
    nick?: string;
    id?: string;
    resource?: string;
    encrypted?: true;
    reply_to?: string;
    mentioned?: true;
    files?: {
      name: string;
      size?: number;
      type?: string;
      url: string;
      expires: number;
    }[];
    subject?: string;
    command?: string;
    args?: string;
  };
}

export interface ReactionUpdate {
  update_id: number;
  type: 'reaction';
  data: {
    from: string;
    to: string;
    body: string;
    type: 'chat' | 'groupchat';
    stanza_id: string;
    timestamp: number;
    room?: string;
    nick?: string;
    id?: string;
    resource?: string;
    encrypted?: true;
    reactions: string[];
  };
}

export interface RoomJoinedUpdate {
  update_id: number;
  type: 'room_joined';
  data: {
    from: string;
    to: string;
    body: string;
    type: 'chat' | 'groupchat';
    stanza_id: string;
    timestamp: number;
    room?: string;
    nick?: string;
    subject?: string;
    encrypted?: true;
  };
}

export interface RoomLeftUpdate {
  update_id: number;
  type: 'room_left';
  data: {
    from: string;
    to: string;
    body: string;
    type: 'chat' | 'groupchat';
    stanza_id: string;
    timestamp: number;
    room?: string;
    nick?: string;
    reason: 'left' | 'kicked' | 'banned' | 'removed' | 'destroyed' | 'refused' | 'opened';
    reason_text?: string;
  };
}

export interface TokenInUse {
  scopes: ('send' | 'read' | 'ai' | 'bridge')[];
  /** Unix seconds, to the minute; null: never. */
  last_used: number | null;
  /** Unix seconds: it was replaced and is taken until then. Null: it is the current one. */
  ends: number | null;
}

export type Update =
  | MessageUpdate
  | ReactionUpdate
  | EditedMessageUpdate
  | DeletedMessageUpdate
  | RoomJoinedUpdate
  | RoomLeftUpdate
  | MessageStateUpdate
  | BridgeMessageUpdate;

export type UpdateType = Update['type'];

/** What `error` of a failure can say. */
export type ErrorCode =
  | 'account_offline'
  | 'account_unknown'
  | 'bad_request'
  | 'bot_disabled'
  | 'busy'
  | 'cloud_not_available'
  | 'conflict'
  | 'disabled'
  | 'ejabberd_credentials'
  | 'ejabberd_failed'
  | 'ejabberd_host_unknown'
  | 'ejabberd_no_command'
  | 'ejabberd_no_rights'
  | 'ejabberd_unreachable'
  | 'fetch_failed'
  | 'file_broken'
  | 'forbidden'
  | 'limit_reached'
  | 'login_failed'
  | 'method_not_allowed'
  | 'misdirected_request'
  | 'nick_conflict'
  | 'no_omemo_device'
  | 'not_configured'
  | 'not_ejabberd'
  | 'not_found'
  | 'rate_limited'
  | 'registration_closed'
  | 'registration_limited'
  | 'room_forbidden'
  | 'room_full'
  | 'room_joining'
  | 'room_members_only'
  | 'room_not_allowed'
  | 'room_not_found'
  | 'room_not_joined'
  | 'room_password'
  | 'room_refused'
  | 'room_unreachable'
  | 'scope_missing'
  | 'stopping'
  | 'storage_failed'
  | 'too_large'
  | 'unauthorized'
  | 'unsupported_media_type'
  | 'upload_failed'
  | 'upload_quota'
  | 'upload_unavailable'
  | 'xmpp_failed'
  | 'xmpp_no_rights'
  | 'xmpp_unreachable';
