using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Trama.Cli.ThisProcess;
using Trama.Mcp.Answers;
using Trama.Mcp.Reading;
using Trama.Reports;
using Trama.Tracing;

namespace Trama.Mcp.Tools;

/// <summary>A tool: its name, its parameters, and its answer, which is a text in JSON.</summary>
internal abstract class CaptureTool : McpServerTool
{
    private readonly CaptureTools _tools;
    private readonly IReadOnlyList<ToolParameter> _parameters;

    /// <summary>Describes it.</summary>
    /// <param name="tools">What all tools share.</param>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does, for a model.</param>
    /// <param name="parameters">What it is to be told.</param>
    protected CaptureTool(CaptureTools tools, string name, string description, params ToolParameter[] parameters)
    {
        (_tools, _parameters) = (tools, parameters);
        ProtocolTool = new Tool
        {
            Name = name,
            Description = description,
            InputSchema = ToolParameter.Schema(parameters),
            Annotations = new ToolAnnotations
            {
                ReadOnlyHint = true,
                DestructiveHint = false,
                IdempotentHint = true,
                OpenWorldHint = false,
            },
        };
    }

    /// <inheritdoc/>
    public override Tool ProtocolTool { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<object> Metadata => [];

    /// <summary>What all tools share.</summary>
    protected CaptureTools Tools => _tools;

    /// <summary>The language.</summary>
    protected Language Language => _tools.Language;

    /// <summary>What of the answer is told; null when nothing of it is from a capture.</summary>
    protected virtual Disclosure? Disclosure => _tools.Disclosure;

    /// <inheritdoc/>
    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        if (!await _tools.Room.WaitAsync(0, cancellationToken).ConfigureAwait(false)) return Told(Refusal(Language.Pick(
            $"{Limits.Calls} calls are at work already, which is the most: ask again when one is answered",
            $"{Limits.Calls} chamadas já estão em curso, o máximo: pergunte de novo quando uma for respondida")));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _tools.Gone.Token);
        try
        {
            return Told(await AnsweredAsync(request.Params?.Arguments, stop.Token).ConfigureAwait(false));
        }
        finally
        {
            _tools.Room.Release();
        }
    }

    /// <summary>Answers a call in this process, or says why there is no answer.</summary>
    /// <param name="values">The arguments of the call.</param>
    /// <param name="client">The client's word that nobody waits any more.</param>
    /// <exception cref="OperationCanceledException">Nobody does.</exception>
    public ToolAnswer Answered(IDictionary<string, JsonElement>? values, CancellationToken client)
    {
        try
        {
            var arguments = new ToolArguments(values, _parameters, Language);
            using var answer = new Answer(Disclosure, Language);
            Write(arguments, answer, new CallTime(_tools.Limits.Time, client));
            return new ToolAnswer(answer.End(), IsRefusal: false);
        }
        catch (UserError refusal)
        {
            return Refusal(refusal.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Refusal(Language.Pick("a file could not be read", "um arquivo não pôde ser lido"));
        }
    }

    /// <summary>Answers a call, here or elsewhere.</summary>
    protected virtual Task<ToolAnswer> AnsweredAsync(IDictionary<string, JsonElement>? values, CancellationToken client) =>
        Task.Run(() => Answered(values, client), client);

    /// <summary>Says why there is no answer. The reason may quote what a capture holds, so it bears the mark of an answer.</summary>
    protected ToolAnswer Refusal(string why)
    {
        using var answer = new Answer(Disclosure, Language);
        answer.Writer.WriteString("error"u8, why);
        return new ToolAnswer(answer.End(), IsRefusal: true);
    }

    /// <summary>Refuses a connection that the capture does not have.</summary>
    protected void ThrowUnlessThere(long connection, CaptureTotals totals)
    {
        if (connection > totals.Connections) throw new UserError(Language.Pick($"there is no connection {connection}: there are "
            + $"{totals.Connections}", $"não há conexão {connection}: há {totals.Connections}"));
    }

    /// <summary>Answers a call.</summary>
    /// <exception cref="UserError">There is no answer.</exception>
    protected abstract void Write(ToolArguments arguments, Answer answer, CallTime time);

    private static CallToolResult Told(ToolAnswer answer) => new()
    {
        IsError = answer.IsRefusal ? true : null,
        Content = [new TextContentBlock { Text = answer.Text }],
    };
}
