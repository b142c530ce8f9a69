using System.CommandLine;
using System.Text;
using Trama.Cli.CommandLine;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Processes.Sockets;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Listing;

/// <summary><c>trama ps</c>: who talks to whom on this machine now.</summary>
internal sealed class PsCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly ProcessOptions _processes;
    private readonly Option<bool> _listening, _all, _json, _ascii;
    private readonly Option<TimeSpan?> _watch;

    public PsCommand(Language language) : base(
        language,
        "ps",
        language.Pick("Who talks to whom on this machine now; what is sick comes first",
            "Quem fala com quem nesta máquina agora; o que está doente vem antes"),
        ("sudo trama ps", language.Pick("every connection, and the program that has it", "cada conexão, e o programa que a tem")),
        ("trama ps --process nginx", language.Pick("those of one program", "as de um programa")),
        ("trama ps --listening", language.Pick("who waits for connections, and where", "quem espera conexões, e onde")),
        ("trama ps --watch 1s", language.Pick("again every second; Ctrl-C ends", "de novo a cada segundo; Ctrl-C encerra")),
        ("trama ps --json", language.Pick("as data", "como dados")))
    {
        _language = language;
        Group("Which", "Quais");
        _processes = new ProcessOptions(this, language);
        _listening = Flag("--listening", "Sockets that wait for connections, in place of connections",
            "Sockets que esperam conexões, em vez de conexões", "-l");
        _all = Flag("--all", "All sockets, also those in TIME-WAIT, each on a line of its own",
            "Todos os sockets, também os em TIME-WAIT, cada um em sua linha", "-a");
        Group("How", "Como");
        _watch = QuantityOptions.OptionalDuration(
            language,
            "--watch",
            TimeSpan.FromMilliseconds(100),
            language.Pick("Look again, every 2 s or as often as told", "Olha de novo, a cada 2 s ou no intervalo dado"));
        _watch.Arity = ArgumentArity.ZeroOrOne;
        Add(_watch);
        _json = Flag("--json", "As JSON; with --watch, a line for each look", "Em JSON; com --watch, uma linha por olhada");
        _ascii = Flag("--ascii", "ASCII characters only", "Apenas caracteres ASCII");
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        ProcessChoice? owner = _processes.Choice(values);
        var choice = new SocketChoice
        {
            Process = owner?.Process,
            User = owner?.User,
            Container = owner?.Container,
            Listening = values.Has(_listening),
            All = values.Has(_all),
        };
        TextOptions text = Terminal.Options(_language);
        text = text with { Ascii = text.Ascii || values.Has(_ascii) };
        var output = StandardOutputPipe.Open();
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        using var watch = new SocketWatch(_language);
        bool goesOn = values.Has(_watch);
        do
        {
            try
            {
                Show(watch.Look(), choice, text, values.Has(_json), goesOn, output);
            }
            catch (SocketTableException error)
            {
                throw SocketWatch.Refusal(error, _language);
            }
        }
        while (goesOn && !stop.Token.WaitHandle.WaitOne(values.Of(_watch) ?? TimeSpan.FromSeconds(2)));
        return ExitCode.Done;
    }

    private void Show(SocketLook look, SocketChoice choice, TextOptions options, bool asJson, bool goesOn, StandardOutputPipe output)
    {
        SocketRow[] rows = [.. look.Rows.Where(choice.Includes)];
        if (asJson)
        {
            using var bytes = new MemoryStream();
            SocketJson.Write(bytes, look, SocketGroup.Sorted(rows), _language);
            output.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            return;
        }

        string page = new SocketTableText(options, choice).Draw(rows);
        if (goesOn) page = Console.IsOutputRedirected ? page + "\n" : Ansi.ClearScreen + page;
        output.Write(Encoding.UTF8.GetBytes(page));
        Tell(look);
    }

    // What is missing is told, so that nobody takes the list for the whole.
    private void Tell(SocketLook look)
    {
        if (!look.HasProcesses)
        {
            Console.Error.WriteLine(_language.Pick(
                "trama: there is no /proc here, so no process is known", "trama: não há /proc aqui, então nenhum processo é conhecido"));
        }
        else if (look.Hidden is > 0 and var hidden)
        {
            string few = hidden == 1 ? "" : "s", more = look.IsRoot ? ""
                : _language.Pick("; sudo trama ps shows more", "; sudo trama ps mostra mais");
            Console.Error.WriteLine(_language.Pick(
                $"trama: {hidden} socket{few} of other users or of processes that cannot be seen from here",
                $"trama: {hidden} socket{few} de outros usuários ou de processos que não se veem daqui") + more);
        }
    }
}
