namespace Trama.Cli.Commands.Dumping;

/// <summary>The form of what <c>trama dump</c> puts on standard output.</summary>
internal enum DumpForm
{
    /// <summary>tcpdump's lines.</summary>
    Text,

    /// <summary>Nothing but the number of packets (<c>--count</c>).</summary>
    Count,

    /// <summary>One JSON document (<c>--json</c>).</summary>
    Json,

    /// <summary>One JSON object a line (<c>--ndjson</c>).</summary>
    NdJson,
}
