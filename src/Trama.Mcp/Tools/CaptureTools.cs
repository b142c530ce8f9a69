using Trama.Mcp.Answers;
using Trama.Mcp.Folders;
using Trama.Mcp.Questions;
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
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Room for so many calls at once.</summary>
    public SemaphoreSlim Room { get; } = new(Limits.Calls);

    /// <summary>The client has gone: ends the calls that are at work.</summary>
    public CancellationTokenSource Gone { get; } = new();

    /// <summary>Reads captures of the folder.</summary>
    public CaptureReading Reading { get; } = new(Folder, Disclosure, Language);

    /// <summary>Has questions in SQL answered.</summary>
    public QuestionProcess Questions { get; } = new(Folder, Disclosure, Limits, Language);

    /// <summary>The tools.</summary>
    public IReadOnlyList<CaptureTool> All() =>
    [
        new ListTool(this), new TraceTool(this), new DiagnoseTool(this), new FollowTool(this), new ExplainTool(this), new SqlTool(this),
    ];

    /// <summary>Ends the calls that are at work, and waits until what they hold is gone.</summary>
    public async Task EndAsync()
    {
        await Gone.CancelAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(s_patience);
        try
        {
            for (int i = 0; i < Limits.Calls; i++) await Room.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // One that does not heed goes with the process.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Room.Dispose();
        Gone.Dispose();
        Folder.Dispose();
    }
}
