namespace Trama.Cli.Commands.Tracing;

/// <summary>The form in which <c>trama trace</c> shows what it found.</summary>
internal enum TraceForm
{
    /// <summary>One line per exchange.</summary>
    Lines,

    /// <summary>The ladder of each connection, as text.</summary>
    Ladder,

    /// <summary>Tables of connections and latencies.</summary>
    Summary,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>One JSON object a line.</summary>
    NdJson,

    /// <summary>The ladder of one connection, as a picture.</summary>
    Svg,

    /// <summary>A page.</summary>
    Html,
}
