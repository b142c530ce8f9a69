namespace Trama.Scrubbing.Fields;

/// <summary>Reads what fields a message of a protocol has.</summary>
internal delegate void FieldReader(MessageFields message);

/// <summary>The readers of protocols that have fields which are no structure, however short or strange their bytes are.</summary>
internal static class FieldReaders
{
    private static readonly Dictionary<string, FieldReader> Known = new()
    {
        ["proxy"] = TunnelFields.ReadProxy,
        ["socks"] = TunnelFields.ReadSocks,
        ["dns"] = DnsFields.Read,
        ["bgp"] = BgpFields.Read,
        ["tds"] = TdsFields.Read,
        ["mysql"] = MysqlFields.Read,
        ["postgresql"] = PostgresqlFields.Read,
        ["ldap"] = LdapFields.Read,
        ["amqp"] = AmqpFields.Read,
        ["mqtt"] = MqttFields.Read,
        ["mongodb"] = MongodbFields.Read,
        ["kafka"] = KafkaFields.Read,
        ["cassandra"] = CassandraFields.Read,
        ["memcached"] = MemcachedFields.Read,
        ["resp"] = RespFields.Read,
        ["smtp"] = LineFields.Read,
        ["pop3"] = LineFields.Read,
        ["imap"] = LineFields.Read,
        ["ftp"] = LineFields.Read,
        ["irc"] = LineFields.Read,
        ["commands"] = LineFields.Read,
        ["lines"] = LineFields.Read,
        ["stomp"] = StompFields.Read,
        ["nats"] = NatsFields.Read,
        ["smb2"] = Smb2Fields.Read,
        ["fix"] = FixFields.Read,
    };

    /// <summary>That of a protocol; null for none.</summary>
    public static FieldReader? Of(string protocol) => Known.GetValueOrDefault(protocol);
}
