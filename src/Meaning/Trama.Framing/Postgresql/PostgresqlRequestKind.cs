namespace Trama.Framing.Postgresql;

/// <summary>What a request is, which tells where its reply ends.</summary>
internal enum PostgresqlRequestKind : byte
{
    /// <summary>Nothing that is answered: CancelRequest, Terminate, Flush.</summary>
    OneWay,

    /// <summary>SSLRequest or GSSENCRequest: one byte.</summary>
    Encryption,

    /// <summary>StartupMessage or an answer to what the server asked for: up to what it asks for next, or to ReadyForQuery.</summary>
    Opening,

    /// <summary>A simple query or a function call, the data of a COPY: up to ReadyForQuery.</summary>
    Query,

    /// <summary>Messages of the extended query: as many completions as they bring, and ReadyForQuery where Sync is among them.</summary>
    Extended,
}
