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
    string? Write(Connection connection, Exchange exchange);
}
