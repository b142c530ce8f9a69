using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.Commands.Demo;

/// <summary>The lesson's two programs, run as processes of their own: <c>trama serve</c> and <c>trama send</c>.</summary>
internal sealed class LessonPrograms(Language language, int port, string message)
{
    private const string Reply = "Mensagem recebida com sucesso!";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    /// <summary>The server's command line, as a person would type it.</summary>
    public string ServerLine => $"trama serve --port {port} --once{(language == Language.Portuguese ? "" : $" --reply '{Reply}'")}";

    /// <summary>The client's command line, as a person would type it.</summary>
    public string ClientLine => $"trama send 127.0.0.1 {port} '{message}'";

    /// <summary>What the server printed.</summary>
    public string ServerOutput { get; private set; } = "";

    /// <summary>What the client printed.</summary>
    public string ClientOutput { get; private set; } = "";

    /// <summary>The first port from <paramref name="wanted"/> on that no program listens on.</summary>
    /// <exception cref="UserError">There is none.</exception>
    public static int FreePort(int wanted, Language language)
    {
        for (int port = wanted; port <= Math.Min(wanted + 1000, 65535); port++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Any, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken, or not for this user: the next one.
            }
        }

        throw new UserError(language.Pick($"no port from {wanted} on is free", $"nenhuma porta está livre a partir da {wanted}"));
    }

    /// <summary>Runs the server, then the client, and waits until both have ended.</summary>
    /// <exception cref="UserError">One of them could not do its part.</exception>
    public async Task RunAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using Process server = Start("serve", "--port", $"{port}", "--once", "--reply", Reply);
        try
        {
            var printed = new StringBuilder();
            if (await server.StandardOutput.ReadLineAsync(deadline.Token) is not { } listening) throw await FailedAsync(
                server, deadline.Token);
            printed.Append(listening).Append('\n');
            using Process client = Start("send", "127.0.0.1", $"{port}", message);
            ClientOutput = await client.StandardOutput.ReadToEndAsync(deadline.Token);
            await client.WaitForExitAsync(deadline.Token);
            if (client.ExitCode != 0) throw await FailedAsync(client, deadline.Token);
            printed.Append(await server.StandardOutput.ReadToEndAsync(deadline.Token));
            await server.WaitForExitAsync(deadline.Token);
            ServerOutput = printed.ToString();
        }
        catch (OperationCanceledException)
        {
            throw new UserError(language.Pick("the two programs did not end in time", "os dois programas não terminaram a tempo"));
        }
        finally
        {
            if (!server.HasExited) server.Kill();
        }
    }

    private Process Start(params string[] args)
    {
        ProcessStartInfo start = ThisProgram.Start(args);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        start.Environment["TRAMA_LANG"] = language.Pick("en", "pt");
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private static async Task<UserError> FailedAsync(Process process, CancellationToken deadline)
    {
        string told = (await process.StandardError.ReadToEndAsync(deadline)).Trim();
        return new UserError(told.StartsWith("trama: ", StringComparison.Ordinal) ? told["trama: ".Length..] : told);
    }
}
