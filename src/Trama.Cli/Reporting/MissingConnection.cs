using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.Reporting;

/// <summary>To throw when a connection is asked for that is not there.</summary>
internal static class MissingConnection
{
    /// <summary>What to throw.</summary>
    /// <param name="asked">The number that was asked for.</param>
    /// <param name="count">How many connections there are.</param>
    /// <param name="language">The language.</param>
    public static UserError Error(long asked, long count, Language language) => new(count switch
    {
        0 => language.Pick($"there is no connection {asked}: the capture has none", $"não há conexão {asked}: a captura não tem nenhuma"),
        1 => language.Pick($"there is no connection {asked}: the capture has one", $"não há conexão {asked}: a captura tem uma"),
        _ => language.Pick($"there is no connection {asked}: the capture has {count}", $"não há conexão {asked}: a captura tem {count}"),
    });
}
