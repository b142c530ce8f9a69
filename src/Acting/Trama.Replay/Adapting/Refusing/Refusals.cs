namespace Trama.Replay.Adapting.Refusing;

/// <summary>The error with which a server of each protocol refuses a request.</summary>
internal static class Refusals
{
    /// <summary>The error; null where the protocol has none, or the request is none that can be refused.</summary>
    public static ReadOnlyMemory<byte>? Of(LiveMessage asked)
    {
        ReadOnlySpan<byte> said = asked.Bytes.Span;
        if (asked.Protocol is "http2" or "grpc") return TextRefusals.Http2(isCall: asked.Protocol == "grpc");
        byte[]? refusal = asked.Protocol switch
        {
            "http1" => TextRefusals.Http1,
            "resp" => TextRefusals.Resp,
            "memcached" when said is [0x80, ..] => BinaryRefusals.Memcached(said),
            "memcached" => TextRefusals.Memcached,
            "nats" => TextRefusals.Nats,
            "pop3" => TextRefusals.Pop3,
            "smtp" or "ftp" or "commands" => TextRefusals.Commands,
            "imap" => TextRefusals.Imap(said),
            "mysql" => BinaryRefusals.Mysql(said),
            "mongodb" => BinaryRefusals.Mongodb(said),
            "dns" => BinaryRefusals.Dns(said),
            "modbus" => BinaryRefusals.Modbus(said),
            "cassandra" => BinaryRefusals.Cassandra(said),
            "ldap" => BinaryRefusals.Ldap(said),
            _ => null,
        };
        return refusal is null ? null : (ReadOnlyMemory<byte>?)refusal;
    }
}
