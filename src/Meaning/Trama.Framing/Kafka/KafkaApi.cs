using System.Collections.Concurrent;

namespace Trama.Framing.Kafka;

/// <summary>A kind of request, and where in it and in its reply what is of interest stands; <see cref="KafkaLayout"/> says how that is
/// written.</summary>
/// <param name="Key">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="FirstFlexible">The first version with tagged fields and compact lengths; -1 when no version has them.</param>
/// <param name="Latest">The newest version whose layout is known.</param>
/// <param name="Request">The fields of the request up to the first topic; empty when it names none.</param>
/// <param name="Reply">The fields of the reply up to the last error code; empty when they are unknown.</param>
internal sealed record KafkaApi(short Key, string Name, short FirstFlexible, short Latest, string Request, string Reply)
{
    private readonly ConcurrentDictionary<(short Version, bool IsReply), KafkaLayout> _layouts = [];

    /// <summary>Its name in UTF-8.</summary>
    public ReadOnlyMemory<byte> Words { get; } = System.Text.Encoding.ASCII.GetBytes(Name);

    /// <summary>Whether requests of a version, and the replies to them, have tagged fields.</summary>
    public bool IsFlexible(short version) => FirstFlexible >= 0 && version >= FirstFlexible;

    /// <summary>The layout of a request, from the client's name on; null for a version that is not known.</summary>
    public KafkaLayout? RequestLayout(short version) => Layout(version, isReply: false);

    /// <summary>The layout of a reply, from behind its number on; null when it is not known.</summary>
    public KafkaLayout? ReplyLayout(short version) => Reply.Length == 0 ? null : Layout(version, isReply: true);

    private KafkaLayout? Layout(short version, bool isReply)
    {
        // Who does not know the version answers in the first one, whose beginning is that of all (KIP-511).
        if (isReply && Key == KafkaApis.ApiVersions) version = 0;
        return version > Latest ? null : _layouts.GetOrAdd((version, isReply), Compile, this);
    }

    private static KafkaLayout Compile((short Version, bool IsReply) of, KafkaApi api)
    {
        bool isFlexible = api.IsFlexible(of.Version);
        string head = (of.IsReply, isFlexible) switch
        {
            (false, true) => "n t ",
            (false, false) => "n ",
            (true, true) => "t ",
            (true, false) => "",
        };
        return KafkaLayout.Parse(head + (of.IsReply ? api.Reply : api.Request), of.Version, isFlexible);
    }
}
