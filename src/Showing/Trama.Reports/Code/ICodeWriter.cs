using Trama.Framing.Http2.Fields;
using Trama.Tracing;

namespace Trama.Reports.Code;

/// <summary>Writes what makes an exchange again in one tongue.</summary>
internal interface ICodeWriter
{
    /// <summary>What begins a remark.</summary>
    string Remark { get; }

    /// <summary>The lines; null where the tongue cannot say it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="exchange">The exchange, whose request is there.</param>
    /// <param name="fields">The header fields of its request, where it is one of HTTP/2; empty where they are not known.</param>
    string? Write(Connection connection, Exchange exchange, IReadOnlyList<HeaderField> fields);
}
