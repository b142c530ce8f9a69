using System.CommandLine;
using System.Text;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Serving.Rules;
using Trama.Cli.PeerOptions;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Peers.Replies;
using Trama.Peers.Serving.Conducts;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving;

/// <summary>The options of <c>trama serve</c> that say what is answered; they exclude each other.</summary>
internal sealed class ReplyArguments
{
    private const int MostHeld = 64 << 20;
    private const long FileBytes = 256 << 10;
    private const string CloseOnError = "close";
    private const string ReplyOnError = "reply=";

    private readonly Language _language;
    private readonly Option<string> _reply;
    private readonly Option<string?> _replyFile;
    private readonly Option<bool> _echo;
    private readonly Option<string?> _rules;
    private readonly Option<string?> _exec;
    private readonly Option<string?> _shell;
    private readonly Option<TimeSpan> _execTimeout;
    private readonly Option<int> _execLimit;
    private readonly Option<string?> _onError;
    private readonly Option<bool> _broadcast;
    private readonly Option<bool> _sink;
    private readonly Option<bool> _raw;
    private readonly Option<long> _source;

    public ReplyArguments(BilingualCommand command, Language language)
    {
        _language = language;
        string file = language.Pick("FILE", "ARQUIVO");
        string run = language.Pick("COMMAND", "COMANDO");
        _reply = new Option<string>("--reply")
        {
            Description = language.Pick(
                "What to answer to each message (default: Message received successfully!)",
                "O que responder a cada mensagem (padrão: Mensagem recebida com sucesso!)"),
            HelpName = language.Pick("TEXT", "TEXTO"),
            DefaultValueFactory = _ => language.Pick("Message received successfully!", "Mensagem recebida com sucesso!"),
        };
        _replyFile = new Option<string?>("--reply-file")
        { HelpName = file, Description = language.Pick("Answer with the bytes of this file", "Responde com os bytes deste arquivo") };
        _echo = new Option<bool>("--echo")
        { Description = language.Pick("Answer each message with itself", "Responde a cada mensagem com ela mesma") };
        _rules = new Option<string?>("--rules")
        {
            HelpName = file,
            Description = language.Pick("Answer by the rules of this YAML or JSON file (docs/peers.md)",
                "Responde segundo as regras deste arquivo YAML ou JSON (docs/peers.md)"),
        };
        _exec = new Option<string?>("--exec")
        {
            HelpName = run,
            Description = language.Pick(
                "Answer with what this command writes; it reads the message. Its arguments are separated by spaces; listens on 127.0.0.1 "
                    + "unless --bind is given",
                "Responde com o que este comando escreve; ele lê a mensagem. Argumentos separados por espaços; escuta em 127.0.0.1, a "
                    + "menos que haja --bind"),
        };
        _shell = new Option<string?>("--shell")
        {
            HelpName = run,
            Description =
            language.Pick("As --exec, run by /bin/sh", "Como --exec, executado por /bin/sh")
        };
        _execTimeout = QuantityOptions.Duration(language, "--exec-timeout", TimeSpan.FromSeconds(30), language.Pick(
            "Kill a command that takes longer, with all that it started (default 30s)",
            "Mata um comando que demora mais, com tudo o que ele iniciou (padrão 30s)"));
        _execLimit = QuantityOptions.Number(language, "--exec-limit", 1, 10_000, 16, language.Pick(
            "How many commands run at once; further messages wait (default 16)",
            "Quantos comandos rodam ao mesmo tempo; outras mensagens esperam (padrão 16)"));
        _onError = new Option<string?>("--on-error")
        {
            HelpName = language.Pick("close|reply=TEXT", "close|reply=TEXTO"),
            Description = language.Pick(
                "What a client gets when a command fails: its end (default), or this reply",
                "O que um cliente recebe quando um comando falha: o fim (padrão), ou esta resposta"),
            CustomParser = result => QuantityOptions.Value(result) is var text
                && (text == CloseOnError || text.StartsWith(ReplyOnError, StringComparison.Ordinal))
                    ? text : QuantityOptions.Refuse<string>(result, language, "close or reply=TEXT", "close ou reply=TEXTO"),
        };
        _broadcast = new Option<bool>("--broadcast")
        {
            Description = language.Pick(
                "Send each message to all other clients, and keep them open: a chat, a broker",
                "Envia cada mensagem a todos os outros clientes, e os mantém abertos: um chat, um intermediário"),
        };
        _sink = new Option<bool>("--sink")
        { Description = language.Pick("Read and forget everything, answer nothing", "Lê e esquece tudo, não responde nada") };
        _source = QuantityOptions.Size(language, "--source", 0,
            language.Pick("Send so many bytes to each client, and close", "Envia tantos bytes a cada cliente, e fecha"));
        _raw = new Option<bool>("--raw")
        {
            Description = language.Pick(
                "With --once, pass bytes on as they are: what the client says to standard output, and standard input to the client "
                    + "(serve --once --raw > file)",
                "Com --once, repassa os bytes como são: o que o cliente diz à saída padrão, e a entrada padrão ao cliente (serve "
                    + "--once --raw > arquivo)"),
        };
        Option[] exclusive = [_reply, _replyFile, _echo, _rules, _exec, _shell, _broadcast, _sink, _source, _raw];
        OptionConflicts.Add(command, language, _raw, "--udp", "--json", "--framing", "--keep-open");
        OptionConflicts.Add(command, language, _broadcast, "--once", "--udp");
        foreach (Option option in exclusive.Concat([_execTimeout, _execLimit, _onError])) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_raw) && result.GetValue<bool>("--once") == false) result.AddError(
                language.Pick("--raw needs --once", "--raw exige --once"));
        });
        command.Validators.Add(result =>
        {
            Option[] given = [.. exclusive.Where(option => result.GetResult(option) is { Implicit: false })];
            if (given.Length > 1)
                result.AddError(language.Pick($"{given[0].Name} and {given[1].Name} exclude each other",
                    $"{given[0].Name} e {given[1].Name} não combinam"));
        });
    }

    /// <summary>Whether whoever connects has a command run.</summary>
    public bool RunsCommands(ParseResult parse) => parse.GetValue(_exec) is not null || parse.GetValue(_shell) is not null;

    /// <summary>Whether messages go to the other clients.</summary>
    public bool IsBroadcast(ParseResult parse) => parse.GetValue(_broadcast);

    /// <summary>Whether standard output takes what a client says, as it is.</summary>
    public bool IsRaw(ParseResult parse) => parse.GetValue(_raw);

    /// <summary>What is done with clients.</summary>
    /// <exception cref="UserError">A file or a command is no good, or a reply does not fit the framing.</exception>
    public Conduct Conduct(ParseResult parse, FramingRule framing, long limit)
    {
        if (IsBroadcast(parse)) return new Broadcasting();
        if (parse.GetValue(_source) is > 0 and long size) return new Pouring(size);
        return Responder(parse, framing, limit) is { } responder ? new Answering(responder) : new Sinking();
    }

    /// <summary>Who answers; null when nothing is answered.</summary>
    /// <exception cref="UserError">A file or a command is no good, or a reply does not fit the framing.</exception>
    public Responder? Responder(ParseResult parse, FramingRule framing, long limit)
    {
        if (parse.GetValue(_sink)) return null;
        if (parse.GetValue(_echo)) return new EchoResponder();
        if (parse.GetValue(_rules) is { } rules) return new RulesResponder(new RulesFile(rules, _language).Read(), framing,
            TimeProvider.System);
        if (parse.GetValue(_shell) is { } line) return Running(["/bin/sh", "-c", line], parse, framing, limit);
        if (parse.GetValue(_exec) is { } command) return Running(Words(command), parse, framing, limit);
        if (parse.GetValue(_replyFile) is { } path && framing == FramingRule.Raw && IsLarge(path)) return new FileResponder(path);
        byte[] words = parse.GetValue(_replyFile) is { } file ? HeldFile.Read(file, MostHeld, _language)
            : Encoding.UTF8.GetBytes(parse.GetValue(_reply)!);
        return Fitting(_reply.Name, words, framing, () => new FixedResponder(words, framing));
    }

    private Responder Running(string[] command, ParseResult parse, FramingRule framing, long limit)
    {
        var responder = new CommandResponder(
            new CommandOptions
            {
                Command = command,
                Framing = framing,
                Deadline = parse.GetValue(_execTimeout),
                Most = parse.GetValue(_execLimit),
                ReplyLimit = limit,
            },
            TimeProvider.System);
        if (parse.GetValue(_onError) is not { } asked || asked == CloseOnError) return responder;
        byte[] words = Encoding.UTF8.GetBytes(asked[ReplyOnError.Length..]);
        return Fitting(_onError.Name, words, framing, () => new ForgivingResponder(responder, words, framing));
    }

    private Responder Fitting(string option, byte[] words, FramingRule framing, Func<Responder> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException)
        {
            throw new UserError(
                _language.Pick(
                    $"{option}: {words.Length} bytes do not fit the length of the framing {framing}",
                    $"{option}: {words.Length} bytes não cabem no comprimento do enquadramento {framing}"),
                ExitCode.Usage);
        }
    }

    // A file with an end, too large to hold without need. A device says that it is empty.
    private static bool IsLarge(string path) => new FileInfo(path) is { Exists: true, Length: > FileBytes };

    private string[] Words(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string program = words.FirstOrDefault("");
        IEnumerable<string> places = program.Contains('/', StringComparison.Ordinal)
            ? [program]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program));
        if (program.Length > 0 && places.Any(File.Exists)) return words;
        throw new UserError(_language.Pick($"--exec: no such command: '{program}'", $"--exec: comando não encontrado: '{program}'"));
    }
}
