using Trama.Mcp.Answers;
using Trama.Mcp.Folders;
using Trama.Mcp.Reading;
using Trama.Reports;

namespace Trama.Mcp.Tools;

/// <summary>What all tools of a server share.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Disclosure">What is told.</param>
/// <param name="Limits">How much a call may take.</param>
/// <param name="Language">The language.</param>
internal sealed record CaptureTools(CaptureFolder Folder, Disclosure Disclosure, Limits Limits, Language Language) : IDisposable
{
    /// <summary>Room for so many calls at once.</summary>
    public SemaphoreSlim Room { get; } = new(Limits.Calls);

    /// <summary>The client has gone: ends the calls that are at work.</summary>
    public CancellationTokenSource Gone { get; } = new();

    /// <summary>Reads captures of the folder.</summary>
    public CaptureReading Reading { get; } = new(Folder, Disclosure, Language);

    /// <summary>The tools.</summary>
    public IReadOnlyList<CaptureTool> All() =>
    [
        new ListTool(this), new TraceTool(this), new DiagnoseTool(this), new FollowTool(this), new ExplainTool(this), new SqlTool(this),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        Room.Dispose();
        Gone.Dispose();
        Folder.Dispose();
    }
}
