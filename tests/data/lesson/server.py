# Answers one message in the words of the lesson that trama grew from.
import socket

PORT = 5000
with socket.socket() as listener:
    listener.bind(("", PORT))
    listener.listen(1)
    print(f"Servidor escutando na porta {PORT}...")
    connection, client = listener.accept()
    with connection:
        print(f"Conectado por {client}")
        print(f"Mensagem recebida: {connection.recv(1024).decode()}")
        connection.sendall("Mensagem recebida com sucesso!".encode())
