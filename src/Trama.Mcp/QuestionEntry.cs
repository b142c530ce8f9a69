using System.Text;
using Trama.Cli.ThisProcess;
using Trama.Mcp.Answers;
using Trama.Mcp.Questions;
using Trama.Mcp.Tools;

namespace Trama.Mcp;

/// <summary>The process that answers one question in SQL: it is told in a line of standard input, the answer is standard output, and
/// whether it is a refusal says the exit code.</summary>
internal static class QuestionEntry
{
    /// <summary>Answers.</summary>
    /// <param name="folder">Where the tables go.</param>
    /// <param name="tools">The captures, and what is told of them.</param>
    /// <returns>How the process ends.</returns>
    public static int Answer(string folder, CaptureTools tools)
    {
        var server = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        if (server.ReadLine() is not { } line) return ExitCode.Failed;
        new Thread(() => Await(server, tools.Gone)) { IsBackground = true, Name = "whether the server is still there" }.Start();
        try
        {
            return Tell(new SqlTool(tools, folder).Answered(QuestionLine.Read(line), tools.Gone.Token));
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failed;
        }
    }

    /// <summary>Tells an answer.</summary>
    /// <returns>How the process ends.</returns>
    public static int Tell(ToolAnswer answer)
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(answer.Text));
        return answer.IsRefusal ? ExitCode.Failed : ExitCode.Done;
    }

    // The server keeps its end open as long as it waits, and says no more.
    private static void Await(StreamReader server, CancellationTokenSource gone)
    {
        while (server.Read() >= 0)
        {
            // Only the end of it counts.
        }

        gone.Cancel();
    }
}
